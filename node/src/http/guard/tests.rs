//! A table of requests, each with the answer that it must get.

use axum::http::HeaderValue;

use super::*;

const PORT: u16 = 7373;

/// Sends one request past the guard. `headers` are written `name: value`.
fn judge(method: &str, target: &str, headers: &[&str]) -> Result<(), Refusal> {
    let mut map = HeaderMap::new();
    for header in headers {
        let (name, value) = header.split_once(": ").expect("a header has a name and a value");
        let name: HeaderName = name.parse().expect("a name of a header");
        map.append(name, value.parse().expect("a value of a header"));
    }
    let method = method.parse().expect("a method");
    Guard::new(PORT).judge(&method, &target.parse().expect("a target"), &map)
}

fn get(host: &str) -> Result<(), Refusal> {
    judge("GET", "/", &[host, "sec-fetch-site: none"])
}

#[test]
fn our_three_hosts_are_let_in() {
    for host in ["host: 127.0.0.1:7373", "host: [::1]:7373", "host: localhost:7373"] {
        assert_eq!(get(host), Ok(()), "{host}");
    }
}

#[test]
fn every_other_host_is_misdirected() {
    let hosts = [
        "localhost.evil.tld:7373",
        "localhost.evil.tld",
        "localhost.:7373",
        "127.0.0.1.:7373",
        "LOCALHOST:7373",
        "Localhost:7373",
        "localhost",
        "127.0.0.1",
        "[::1]",
        "localhost:80",
        "127.0.0.1:80",
        "127.0.0.1:7374",
        "127.0.0.1:07373",
        "127.0.0.1:7373:7373",
        "127.0.0.1:",
        "localhost:",
        ":7373",
        "7373",
        "127.1:7373",
        "127.0.1:7373",
        "2130706433:7373",
        "0x7f.0.0.1:7373",
        "0177.0.0.1:7373",
        "127.0.0.2:7373",
        "0.0.0.0:7373",
        "[::]:7373",
        "[0:0:0:0:0:0:0:1]:7373",
        "[::ffff:127.0.0.1]:7373",
        "::1:7373",
        "[::1%25lo]:7373",
        "evil.tld:7373",
        "127.0.0.1.nip.io:7373",
        "localhost:7373.evil.tld",
        "user@localhost:7373",
        "localhost:7373@evil.tld",
        "localhost:7373/",
        "http://localhost:7373",
        "localhost,evil.tld:7373",
        "127.0.0.1:7373, evil.tld",
        "sesame.local:7373",
        "127.0.0.1 :7373",
        "localhost:7373#",
        "192.168.1.20:7373",
    ];
    for host in hosts {
        assert_eq!(get(&format!("host: {host}")), Err(Refusal::Misdirected), "{host}");
    }
}

#[test]
fn a_missing_empty_or_second_host_is_misdirected() {
    assert_eq!(judge("GET", "/", &["sec-fetch-site: none"]), Err(Refusal::Misdirected));
    assert_eq!(judge("GET", "/", &["host: ", "sec-fetch-site: none"]), Err(Refusal::Misdirected));
    let twice = ["host: localhost:7373", "host: localhost:7373", "sec-fetch-site: none"];
    assert_eq!(judge("GET", "/", &twice), Err(Refusal::Misdirected));
    let foreign = ["host: localhost:7373", "host: evil.tld", "sec-fetch-site: none"];
    assert_eq!(judge("GET", "/", &foreign), Err(Refusal::Misdirected));
}

#[test]
fn a_target_that_names_a_host_is_misdirected() {
    let headers = ["host: localhost:7373", "sec-fetch-site: none"];
    for target in ["http://localhost:7373/", "http://evil.tld/", "https://localhost:7373/", "localhost:7373", "*"] {
        assert_eq!(judge("GET", target, &headers), Err(Refusal::Misdirected), "{target}");
    }
}

#[test]
fn the_standard_port_needs_not_be_named() {
    let mut headers = HeaderMap::new();
    headers.insert(HOST, HeaderValue::from_static("localhost"));
    headers.insert(SITE, HeaderValue::from_static("none"));
    let uri = Uri::from_static("/");
    assert_eq!(Guard::new(80).judge(&Method::GET, &uri, &headers), Ok(()));
    assert_eq!(Guard::new(PORT).judge(&Method::GET, &uri, &headers), Err(Refusal::Misdirected));
}

#[test]
fn only_methods_that_are_served_pass() {
    let headers = ["host: localhost:7373", "sec-fetch-site: same-origin", "origin: http://localhost:7373"];
    for method in ["GET", "HEAD", "POST"] {
        assert_eq!(judge(method, "/data", &headers), Ok(()), "{method}");
    }
    for method in ["OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND"] {
        assert_eq!(judge(method, "/data", &headers), Err(Refusal::Method), "{method}");
    }
    assert_eq!(judge("DELETE", "/v1/contacts/1", &headers), Ok(()));
    assert_eq!(judge("OPTIONS", "/v1/contacts/1", &headers), Err(Refusal::Method));
}

/// Method by site by origin: the matrix of cross-site request forgery. Of its 144 requests only those that our own page
/// or the address bar sends pass.
#[test]
fn the_matrix_of_method_site_and_origin_has_few_ways_through() {
    let sites = ["", "same-origin", "none", "same-site", "cross-site", "nonsense"];
    let origins = [
        "",
        "http://localhost:7373",
        "http://127.0.0.1:7373",
        "https://localhost:7373",
        "http://localhost:9000",
        "http://evil.tld",
        "null",
        "http://localhost:7373/",
    ];
    let mut passed = Vec::new();
    for method in ["GET", "HEAD", "POST"] {
        for site in sites {
            for origin in origins {
                let site_header = format!("sec-fetch-site: {site}");
                let origin_header = format!("origin: {origin}");
                let mut headers = vec!["host: localhost:7373"];
                if !site.is_empty() {
                    headers.push(&site_header);
                }
                if !origin.is_empty() {
                    headers.push(&origin_header);
                }
                if judge(method, "/data/keep", &headers).is_ok() {
                    passed.push((method, site, origin));
                }
            }
        }
    }
    let ours = "http://localhost:7373";
    let expected = [
        ("GET", "same-origin", ""),
        ("GET", "same-origin", ours),
        ("GET", "none", ""),
        ("GET", "none", ours),
        ("HEAD", "same-origin", ""),
        ("HEAD", "same-origin", ours),
        ("HEAD", "none", ""),
        ("HEAD", "none", ours),
        ("POST", "same-origin", ours),
    ];
    assert_eq!(passed, expected);
}

#[test]
fn headers_that_are_there_twice_decide_nothing() {
    let host = "host: localhost:7373";
    let sites = [host, "sec-fetch-site: none", "sec-fetch-site: none"];
    assert_eq!(judge("GET", "/", &sites), Err(Refusal::Site));
    let origins =
        [host, "sec-fetch-site: same-origin", "origin: http://localhost:7373", "origin: http://localhost:7373"];
    assert_eq!(judge("POST", "/", &origins), Err(Refusal::Origin));
}

#[test]
fn a_ticket_needs_a_browser_that_says_where_it_comes_from() {
    let enter = "/enter/AAAAAAAAAAAAAAAAAAAAAA";
    let host = "host: localhost:7373";
    assert_eq!(judge("GET", enter, &[host, "sec-fetch-site: none"]), Ok(()));
    assert_eq!(judge("GET", enter, &[host]), Err(Refusal::Site));
    assert_eq!(judge("GET", enter, &[host, "sec-fetch-site: cross-site"]), Err(Refusal::Site));
}

#[test]
fn an_app_with_a_bearer_token_needs_no_browser() {
    let host = "host: 127.0.0.1:7373";
    let bearer = "authorization: Bearer abc";
    assert_eq!(judge("GET", "/v1/status", &[host, bearer]), Ok(()));
    assert_eq!(judge("POST", "/v1/lock", &[host, bearer]), Ok(()));
    assert_eq!(judge("DELETE", "/v1/contacts/1", &[host, bearer]), Ok(()));
    assert_eq!(judge("GET", "/v1/status", &[host]), Err(Refusal::Site));
    assert_eq!(judge("GET", "/v1/status", &[host, "authorization: Basic abc"]), Err(Refusal::Site));
    assert_eq!(judge("GET", "/v1/status", &[host, "authorization: Bearer  "]), Err(Refusal::Site));
    assert_eq!(judge("GET", "/v1/status", &[host, bearer, bearer]), Err(Refusal::Site));
    assert_eq!(judge("GET", "/data", &[host, bearer]), Err(Refusal::Site));
    assert_eq!(judge("GET", "/v1", &[host, bearer]), Err(Refusal::Site));
    assert_eq!(judge("GET", "/v1/../data", &[host, bearer]), Ok(()), "paths are not resolved: no route has dots");
}

#[test]
fn a_web_page_gains_nothing_from_a_bearer_token() {
    let host = "host: 127.0.0.1:7373";
    let bearer = "authorization: Bearer abc";
    let foreign = [host, bearer, "sec-fetch-site: cross-site", "origin: http://evil.tld"];
    assert_eq!(judge("POST", "/v1/lock", &foreign), Err(Refusal::Site));
    assert_eq!(judge("POST", "/v1/lock", &[host, bearer, "origin: http://evil.tld"]), Err(Refusal::Origin));
    assert_eq!(judge("GET", "/v1/status", &[host, bearer, "origin: null"]), Err(Refusal::Origin));
}
