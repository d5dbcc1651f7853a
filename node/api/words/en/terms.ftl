# What organisations ask for, what for, under which terms, and what there is to say of it.

# Fields
terms-field-allergies = Allergies
terms-field-bank_statement = Bank statement
terms-field-birth_date = Date of birth
terms-field-birth_place = Place of birth
terms-field-browsing_history = Pages visited
terms-field-contract_power_kva = Subscribed power
terms-field-country = Country
terms-field-current_operator = Current operator
terms-field-current_supplier = Current supplier
terms-field-device_id = Identifier of your device
terms-field-disability = Disability
terms-field-driving_licence = Driving licence
terms-field-dwelling_area_m2 = Size of the home
terms-field-dwelling_type = House or flat
terms-field-electricity_load_curve = Electricity by the half-hour
terms-field-electricity_month_kwh = Electricity in a month
terms-field-electricity_year_kwh = Electricity in a year
terms-field-email = E-mail address
terms-field-employer = Employer
terms-field-ethnicity = Origin
terms-field-family_name = Family name
terms-field-gas_year_kwh = Gas in a year
terms-field-gender = Gender
terms-field-given_name = First name
terms-field-health_condition = State of health
terms-field-heating = Heating
terms-field-honorific_prefix = Form of address
terms-field-household_size = People in the home
terms-field-iban = Bank account (IBAN)
terms-field-identity_card = Identity card
terms-field-income = Income in a year
terms-field-interests = Interests
terms-field-job_title = Occupation
terms-field-locality = Town
terms-field-location_history = Places where you were
terms-field-medication = Medicines
terms-field-meter_point = Meter number
terms-field-mobile_data_month_gb = Mobile data in a month
terms-field-nationality = Nationality
terms-field-passport = Passport
terms-field-payment_card = Payment card
terms-field-photo = Photograph
terms-field-political_opinion = Political opinion
terms-field-postal_code = Postal code
terms-field-proof_of_address = Proof of address
terms-field-purchase_history = Purchases
terms-field-religion = Religion
terms-field-sexual_orientation = Sexual orientation
terms-field-social_security_number = Social security number
terms-field-street_address = Street and number
terms-field-tax_notice = Tax notice
terms-field-telephone = Telephone number
terms-field-trade_union = Trade union

# What fields are about
terms-category-identity = Who you are
terms-category-contact = How to reach you
terms-category-place = Where you live
terms-category-home = Your home
terms-category-energy = Energy
terms-category-telecom = Telephone and Internet
terms-category-money = Money
terms-category-papers = Official papers
terms-category-work = Work
terms-category-health = Health
terms-category-conviction = Origin, beliefs, private life
terms-category-habits = Habits

# Purposes
terms-purpose-quote = A quote
terms-purpose-contract = A contract
terms-purpose-delivery = A delivery
terms-purpose-billing = A bill
terms-purpose-support = Customer support
terms-purpose-identity_check = An identity check
terms-purpose-newsletter = A newsletter
terms-purpose-advertising = Advertising
terms-purpose-profiling = Profiling
terms-purpose-study = A study
terms-purpose-loyalty = A loyalty card
terms-purpose-membership = A membership
terms-purpose-care = Care
terms-purpose-administration = An administrative file

# How much of what is asked a purpose needs; follows how many things are asked for
terms-needs-quote =
    { $needed ->
        [0] A quote needs none of them.
        [one] A quote needs one.
       *[other] A quote needs { $needed }.
    }
terms-needs-contract =
    { $needed ->
        [0] A contract needs none of them.
        [one] A contract needs one.
       *[other] A contract needs { $needed }.
    }
terms-needs-delivery =
    { $needed ->
        [0] A delivery needs none of them.
        [one] A delivery needs one.
       *[other] A delivery needs { $needed }.
    }
terms-needs-billing =
    { $needed ->
        [0] A bill needs none of them.
        [one] A bill needs one.
       *[other] A bill needs { $needed }.
    }
terms-needs-support =
    { $needed ->
        [0] Customer support needs none of them.
        [one] Customer support needs one.
       *[other] Customer support needs { $needed }.
    }
terms-needs-identity_check =
    { $needed ->
        [0] An identity check needs none of them.
        [one] An identity check needs one.
       *[other] An identity check needs { $needed }.
    }
terms-needs-newsletter =
    { $needed ->
        [0] A newsletter needs none of them.
        [one] A newsletter needs one.
       *[other] A newsletter needs { $needed }.
    }
terms-needs-advertising =
    { $needed ->
        [0] Advertising needs none of them.
        [one] Advertising needs one.
       *[other] Advertising needs { $needed }.
    }
terms-needs-profiling =
    { $needed ->
        [0] Profiling needs none of them.
        [one] Profiling needs one.
       *[other] Profiling needs { $needed }.
    }
terms-needs-study =
    { $needed ->
        [0] A study needs none of them.
        [one] A study needs one.
       *[other] A study needs { $needed }.
    }
terms-needs-loyalty =
    { $needed ->
        [0] A loyalty card needs none of them.
        [one] A loyalty card needs one.
       *[other] A loyalty card needs { $needed }.
    }
terms-needs-membership =
    { $needed ->
        [0] A membership needs none of them.
        [one] A membership needs one.
       *[other] A membership needs { $needed }.
    }
terms-needs-care =
    { $needed ->
        [0] Care needs none of them.
        [one] Care needs one.
       *[other] Care needs { $needed }.
    }
terms-needs-administration =
    { $needed ->
        [0] An administrative file needs none of them.
        [one] An administrative file needs one.
       *[other] An administrative file needs { $needed }.
    }

# Agreements of the roster: a name, and what it means
terms-roster-SD-BASE = The service, nothing else
terms-roster-SD-BASE-means = You lend what the service takes: no usage statistics, no tracking, no profiling, nobody else.
terms-roster-SD-BASE-DP = The service, nothing else; data back
terms-roster-SD-BASE-DP-means = You lend what the service takes and get it back in a form that you can use elsewhere: no usage statistics, no tracking, no profiling, nobody else.
terms-roster-SD-BASE-A = The service, with statistics
terms-roster-SD-BASE-A-means = You lend what the service takes and let them measure how it is used: no tracking, no profiling, nobody else.
terms-roster-SD-BASE-A-DP = The service, with statistics; data back
terms-roster-SD-BASE-A-DP-means = You lend what the service takes, get it back in a form that you can use elsewhere, and let them measure how it is used: no tracking, no profiling, nobody else.
terms-roster-SD-BASE-AT = The service, with tracking
terms-roster-SD-BASE-AT-means = You lend what the service takes and let them measure how it is used and follow what you do: no profiling, nobody else.
terms-roster-SD-BASE-AT-DP = The service, with tracking; data back
terms-roster-SD-BASE-AT-DP-means = You lend what the service takes, get it back in a form that you can use elsewhere, and let them measure how it is used and follow what you do: no profiling, nobody else.
terms-roster-SD-BASE-ATP = The service, with profiling
terms-roster-SD-BASE-ATP-means = You lend what the service takes and let them measure how it is used, follow what you do and work out what you are like: nobody else.
terms-roster-SD-BASE-ATP-DP = The service, with profiling; data back
terms-roster-SD-BASE-ATP-DP-means = You lend what the service takes, get it back in a form that you can use elsewhere, and let them measure how it is used, follow what you do and work out what you are like: nobody else.
terms-roster-SD-BASE-ATP-S3P = The service, with profiling and sharing
terms-roster-SD-BASE-ATP-S3P-means = You lend what the service takes and let them measure how it is used, follow what you do, work out what you are like and pass on what was made fully anonymous.
terms-roster-SD-BASE-ATP-S3P-DP = The service, with profiling and sharing; data back
terms-roster-SD-BASE-ATP-S3P-DP-means = You lend what the service takes, get it back in a form that you can use elsewhere, and let them measure how it is used, follow what you do, work out what you are like and pass on what was made fully anonymous.
terms-roster-PDC-AI = A gift to machines that learn
terms-roster-PDC-AI-means = You give data to train and run artificial intelligence, and for nothing else.
terms-roster-PDC-GOOD = A gift to the public good
terms-roster-PDC-GOOD-means = You give data for the public good, and for nothing else.
terms-roster-PDC-INTENT = A call for offers
terms-roster-PDC-INTENT-means = You say what you are looking for so that offers come to you, and for nothing else.
terms-roster-yours = The text is yours: they accept it as it is, pick another from the list, or walk away.

# What terms allow beyond the service, inside a list
terms-use-analytics = usage statistics
terms-use-tracking = tracking
terms-use-profiling = profiling
terms-use-anonymous_sharing = passing on what was made anonymous
terms-use-ai_training = training artificial intelligence
terms-use-public_good = work for the public good
terms-use-intent_casting = passing on what you look for

# Whether a field is needed
terms-need-needed = Needed
terms-need-useful = Useful, not needed
terms-need-excess = More than needed
terms-need-unknown = Nobody can say

# The verdict
terms-verdict-asks =
    { $count ->
        [one] { $vendor } asks for one thing.
       *[other] { $vendor } asks for { $count } things.
    }
terms-verdict-marked =
    { $excess ->
        [0] Nothing else is asked.
        [one] The other one is marked.
       *[other] The other { $excess } are marked.
    }
terms-verdict-all-marked = All are marked.
terms-verdict-special = Health, beliefs or private life: the law wants your explicit yes.
terms-verdict-before = Already asked on { $date }.
terms-verdict-unknown = The name is their own: nobody can say what it stands for.
terms-verdict-retention = They want to keep it for { $days } days. { $longest } would do.
terms-verdict-others = It would go to others: { $names }.
terms-verdict-nobody-else = It would go to nobody else.
terms-verdict-uses = Their terms also allow: { $uses }.
terms-verdict-smaller =
    { $needed ->
        [one] Answer with one
       *[other] Answer with { $needed }
    }
terms-verdict-smaller-none = Nothing of it is needed, so the smaller answer is no.
terms-verdict-see =
    { $count ->
        [one] See what is asked
       *[other] See all { $count }
    }
terms-verdict-refuse = Refuse
