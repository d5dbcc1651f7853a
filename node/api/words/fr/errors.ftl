# Ce qui n’a pas marché, en trois parties : ce qui se passe, pourquoi, que faire. Un message par code ; ses faits sont ses
# arguments, et un fait inconnu vaut `absent`. Les phrases commencent en minuscule et finissent sans point.

e0101 = { $why ->
    [absent] une opération a échoué, sans cause connue
   *[other] une opération a échoué : { $why }
}
    .why = le programme a rencontré un cas qu’il n’attendait pas
    .remedy = réessayez ; si cela revient, « sesame doctor » cherche la cause

e0102 = { $file ->
    [absent] le disque a répondu par une erreur
   *[other] le disque a répondu par une erreur pour { $file }
}
    .why = { $why ->
    [absent] le système n’a pas donné de raison
   *[other] le système dit : { $why }
}
    .remedy = vérifiez que le disque fonctionne et que le dossier est bien à vous, puis réessayez

e0103 = { $address ->
    [absent] le nœud n’a pas pu ouvrir son réseau
   *[other] le nœud n’a pas pu écouter sur { $address }
}
    .why = { $why ->
    [absent] le système ne lui a pas donné l’adresse ou le port
   *[other] le système dit : { $why }
}
    .remedy = regardez les adresses avec « sesame config get listen », puis corrigez ou retirez celle qui est fausse

e0201 = { $command ->
    [absent] la commande n’est pas comprise
   *[other] la commande « { $command } » n’est pas complète
}
    .why = { $reason ->
    [nobody] il n’y a personne à qui demander : ce n’est pas un terminal, ou --no-input est donné
    [marks] un avis a besoin d’au moins une note
   *[other] { $why ->
        [absent] quelque chose manque, ou n’est pas compris
       *[other] { $why }
    }
}
    .remedy = { $give ->
    [absent] « sesame help » donne la liste des commandes, « sesame help COMMANDE » en explique une
   *[other] donnez { $give }
}

e0202 = { $name ->
    [absent] un réglage est faux
   *[other] le réglage « { $name } » est faux
}
    .why = { $reason ->
    [unknown] aucun réglage ne porte ce nom
   *[other] { $value ->
        [absent] { $why ->
            [absent] il a une valeur impossible
           *[other] { $why }
        }
       *[other] « { $value } » n’y est pas possible
    }
}
    .remedy = { $give ->
    [absent] « sesame config edit » ouvre les réglages, « sesame config set » en change un
   *[other] donnez { $give } ; « sesame config set » change un réglage
}

e0301 = aucun nœud ne tourne ici
    .why = { $file ->
    [absent] personne ne répond
   *[other] personne ne répond à { $file }
}
    .remedy = démarrez-le avec « sesame up », puis réessayez dans une autre fenêtre

e0302 = il n’y a pas encore de coffre
    .why = ce nœud ne contient rien pour l’instant
    .remedy = créez-le avec « sesame init », ou sur la page avec « sesame ui »

e0401 = le coffre est fermé à clé
    .why = rien ne peut y être lu sans la phrase de passe
    .remedy = ouvrez-le avec « sesame unlock »

e0402 = le nœud ne vous laisse pas entrer
    .why = il ne connaît pas de session à vous, ou la demande vient d’une page qui n’est pas la sienne
    .remedy = rouvrez la page avec « sesame ui »

e0501 = la phrase de passe n’ouvre pas le coffre
    .why = un signe est peut-être différent : une majuscule, un espace, un trait d’union, un autre clavier
    .remedy = réessayez ; si la phrase est perdue, tapez les 24 mots à sa place : personne, pas même nous, ne peut ouvrir le coffre sans l’une ou l’autre

e0502 = ce ne sont pas les 24 mots de ce coffre
    .why = { $count ->
    [absent] un mot est faux, manque ou n’est pas à sa place
   *[other] vous en avez donné { $count }, et il en faut 24
}
    .remedy = comparez-les un par un avec votre feuille, puis réessayez avec « sesame key words »

e0510 = { $file ->
    [absent] cela n’ouvre pas la sauvegarde
   *[other] cela n’ouvre pas la sauvegarde dans { $file }
}
    .why = elle s’ouvre avec la phrase de passe que le coffre avait quand elle a été commencée, ou avec les 24 mots
    .remedy = réessayez avec cette phrase de passe, ou tapez les 24 mots à sa place

e0601 = le coffre est déjà ouvert par un autre processus
    .why = { $pid ->
    [absent] un autre processus tient le verrou
   *[other] { $since ->
        [absent] sesame (PID { $pid }) tient le verrou
       *[other] sesame (PID { $pid }, depuis { $since }) tient le verrou
    }
}
    .remedy = « sesame status » pour le voir, ou « sesame stop » puis réessayez

e0602 = { $port ->
    [absent] le port est déjà pris
   *[other] le port { $port } est déjà pris
}
    .why = un autre programme y écoute, et le nœud ne change pas de port sans le dire
    .remedy = arrêtez ce programme, ou choisissez un autre port avec « sesame config set page_port NOMBRE »

e0603 = il y a déjà un coffre
    .why = { $file ->
    [absent] un nœud a un seul coffre, et un nouveau prendrait sa place
   *[other] il est dans { $file } ; un nœud a un seul coffre, et un nouveau prendrait sa place
}
    .remedy = ouvrez-le avec « sesame unlock », ou donnez un autre dossier à un second nœud avec « --home DOSSIER »

e0610 = { $file ->
    [absent] une sauvegarde est déjà en cours
   *[other] une sauvegarde est déjà en cours dans { $file }
}
    .why = deux à la fois se gêneraient
    .remedy = attendez qu’elle soit finie ; « sesame backup list » montre celles qui sont faites

e0701 = le coffre est abîmé
    .why = { $what ->
    [absent] une partie ne correspond plus à son sceau : un défaut du disque, une copie inachevée ou une autre main
   *[other] il ne correspond plus à son sceau ({ $what }) : un défaut du disque, une copie inachevée ou une autre main
}
    .remedy = ne changez rien, copiez tout le dossier sur un autre disque, puis lancez « sesame check », qui dit ce qui est abîmé, et « sesame repair », qui sauve le reste

e0702 = le coffre n’est pas réparable
    .why = { $reason ->
    [header] aucune des deux copies de ce que la phrase de passe ouvre n’est intacte, et rien d’autre ne porte les clés
    [rolled-back] ce que la phrase de passe ouvre est plus ancien que le reste : avec ces clés, ce que vous avez oublié depuis pourrait revenir
    [keys] il ne reste rien du fichier avec les clés de tous les enregistrements
   *[other] ce qui a été réécrit ne se relit pas en entier : le disque défaille là aussi
}
    .remedy = { $reason ->
    [unproven] copiez le dossier sur un autre disque et réparez-le là, avec --home
   *[other] restaurez une sauvegarde avec « sesame backup restore » ; gardez ce dossier jusque-là
}

e0703 = { $name ->
    [absent] une partie du fichier est perdue
   *[other] une partie du fichier { $name } est perdue
}
    .why = le coffre a été abîmé, et cette partie n’a pas pu être sauvée
    .remedy = importez le fichier de nouveau, ou reprenez-le dans une sauvegarde d’avant

e0710 = { $file ->
    [absent] la sauvegarde est abîmée
   *[other] la sauvegarde dans { $file } est abîmée
}
    .why = { $reason ->
    [key] sa clé manque, est abîmée ou hors limites, et sans elle le reste n’est que du bruit
    [list] aucune liste de son contenu n’est lisible : elle a été interrompue, coupée ou abîmée
    [digest] chaque partie est saine, mais l’ensemble n’est pas ce qui a été sauvegardé
    [copies] l’une de deux copies manque ou est abîmée ; rien n’est perdu tant que l’autre est là
   *[other] { $count ->
        [absent] des parties manquent ou ne correspondent plus à leurs sceaux
       *[other] des parties manquent ou ne correspondent plus à leurs sceaux ; éléments perdus avec elles : { $count }
    }
}
    .remedy = { $reason ->
    [copies] copiez-la sur un disque sain, ou faites une nouvelle sauvegarde dans un autre dossier
   *[other] prenez une autre sauvegarde si vous en avez une, ou gardez ce qui est entier avec « sesame backup restore --partial » ; tant que le coffre est là, faites une nouvelle sauvegarde dans un autre dossier
}

e0801 = le coffre a été écrit par une version plus récente
    .why = { $found ->
    [absent] ce programme ne connaît pas son format
   *[other] { $known ->
        [absent] son format est le { $found }, que ce programme ne connaît pas
       *[other] son format est le { $found } ; ce programme connaît les formats jusqu’au { $known }
    }
}
    .remedy = utilisez la version qui l’a écrit, ou une plus récente ; rien n’a été changé

e0901 = il n’y a plus de place sur le disque
    .why = { $file ->
    [absent] le dernier changement n’a pas été gardé ; tout ce qui l’était avant est intact
   *[other] le dernier changement n’a pas été gardé dans { $file } ; tout ce qui l’était avant est intact
}
    .remedy = libérez de la place, puis recommencez

e1001 = { $contact ->
    [absent] l’autre nœud ne répond pas
   *[other] le nœud de { $contact } ne répond pas
}
    .why = il est éteint, ou l’un de vous deux n’a pas de réseau
    .remedy = laissez votre nœud allumé : il réessaie tout seul

e1002 = le nœud n’a pas répondu à temps
    .why = { $seconds ->
    [absent] il est occupé à un long travail, ou il s’est arrêté
   *[other] { $seconds } secondes ont passé : il est occupé à un long travail, ou il s’est arrêté
}
    .remedy = attendez un peu, puis regardez « sesame status »

e1003 = le destinataire du webhook n’a pas pris le message
    .why = { $why ->
    [unresolved] { webhook-why-unresolved }
    [unreachable] { webhook-why-unreachable }
    [untrusted] { webhook-why-untrusted }
    [late] { webhook-why-late }
    [broken] { webhook-why-broken }
    [redirect] { webhook-why-redirect }
    [gone] { webhook-why-gone }
    [status] { webhook-why-status }
   *[other] il n’a pas dit oui
}
    .remedy = { $why ->
    [gone] il est arrêté ; « sesame desk webhook set URL » le règle de nouveau
    [redirect] donnez l’adresse à laquelle il renvoie, avec « sesame desk webhook set URL »
    [untrusted] donnez au destinataire un certificat d’une autorité à laquelle cette machine se fie
   *[other] voyez le destinataire, puis réessayez ; « sesame desk webhook show » dit ce qui attend
}

e1101 = { $contact ->
    [absent] la clé d’un proche a changé sans l’annonce habituelle
   *[other] la clé de { $contact } a changé sans l’annonce habituelle
}
    .why = souvent, un appareil réinstallé ; parfois, quelqu’un qui se fait passer pour cette personne
    .remedy = appelez cette personne et comparez les six mots avec « sesame contact verify » ; jusque-là, rien ne part

e1201 = votre nœud refuse
    .why = { $reason ->
    [words] les 24 mots n’ont pas encore été vérifiés, et sans eux ceci ne pourrait pas être réparé
    [self] c’est votre propre nœud
    [unverified] les six mots de cette personne n’ont pas encore été comparés
    [blocked] vous ne vouliez plus rien entendre de cette organisation
    [not-open] le compte n’est pas ouvert
    [not-a-desk] c’est le nœud d’une personne, et seul celui d’une organisation a un guichet
    [of-another] ce qui vous a été donné parle d’une autre organisation
    [too-many] trop de demandes de ce compte attendent déjà une réponse
    [webhook-gone] le destinataire du webhook ne voulait plus rien, et le webhook est arrêté
    [special] c’est une donnée sensible, comme la santé ou les convictions, qui ne s’ouvre que si vous le dites
    [nothing-needed] rien de ce qui est demandé n’est nécessaire, donc la réponse réduite est non
   *[other] { $limit ->
        [absent] une de ses règles l’interdit pour l’instant
       *[other] il en garde déjà { $limit }, et n’en prend pas plus
    }
}
    .remedy = { $reason ->
    [words] vérifiez-les avec « sesame key words », puis réessayez
    [unverified] comparez les six mots avec « sesame contact verify », puis réessayez
    [blocked] « sesame vendor block --undo » revient là-dessus
    [not-open] il s’ouvre quand la personne l’accepte ; « sesame vendor accounts » et « sesame desk accounts » disent où il en est
    [not-a-desk] une organisation crée son nœud avec « sesame init --vendor », dans un dossier à elle
    [of-another] donnez-le à l’organisation dont il parle
    [too-many] attendez que certaines aient leur réponse ou prennent fin
    [webhook-gone] « sesame desk webhook set URL » le règle de nouveau
    [special] dites-le : avec « --special » dans la commande, ou en cochant la case sur la page
    [nothing-needed] refusez avec « sesame request refuse », ou choisissez vous-même avec « --give CHAMP »
   *[other] { $limit ->
        [absent] « sesame status » et « sesame contact list » disent ce que le nœud attend
       *[other] retirez ce qui ne vous sert plus, puis réessayez
    }
}

e1202 = { $why ->
    [door-open] cette porte ne peut pas être ouverte
    [door-other] cette porte ne peut pas être ouverte
    [door-ended] cette porte ne peut pas être ouverte
   *[other] { $kind ->
        [link] ce lien ne peut pas servir
       *[other] cette invitation ne peut pas servir
    }
}
    .why = { $why ->
    [mine] { $kind ->
        [link] c’est le vôtre, et personne n’est son propre client
       *[other] c’est la vôtre
    }
    [known] cette personne est déjà dans votre entourage
    [expired] elle a expiré
    [door-open] elle a déjà été ouverte, et un compte est derrière
    [door-other] elle est pour une autre organisation
    [door-ended] elle a pris fin
   *[other] elle a été utilisée, a expiré ou a été retirée
}
    .remedy = { $why ->
    [mine] { $kind ->
        [link] donnez-le à qui veut un compte chez vous
       *[other] donnez-la à la personne que vous voulez inviter
    }
    [known] il n’y a rien à faire ; « sesame contact list » montre votre entourage
    [door-open] « sesame desk accounts » montre le compte
    [door-other] rendez-la à la personne qui vous l’a donnée
    [door-ended] demandez-en une autre à la personne, qui la fait avec « sesame vendor door »
   *[other] demandez-en une autre ; la personne qui vous invite la crée avec « sesame contact invite »
}

e1301 = { $file ->
    [absent] le fichier n’est dans aucun format que le nœud connaît
   *[other] « { $file } » n’est dans aucun format que le nœud connaît
}
    .why = { $what ->
    [empty] il est vide
    [verify] ce n’est ni un reçu de partage, ni une présentation (SD-JWT)
    [no-such-format] il n’y a pas de format « { $found } » ; le nœud connaît { $expected }
   *[other] { $looks ->
        [html] c’est une page web, peut-être une page de connexion enregistrée à la place du fichier
        [green-button] c’est un fichier Green Button, que le nœud ne sait pas encore lire
        [xml] c’est un fichier XML, que le nœud ne sait pas encore lire
        [zip] c’est une archive ou un tableur, pas le fichier lui-même
        [gzip] c’est un fichier compressé, pas le fichier lui-même
        [pdf] c’est un PDF, et les nombres n’y sont pas comme données
        [utf-16] il a été réenregistré par un tableur, en « texte Unicode »
        [binary] il contient des octets qui ne sont pas du texte
        [enedis-index] c’est un fichier Enedis d’index quotidiens ; le nœud lit la courbe de charge
        [enedis-maximum] c’est un fichier Enedis de puissance maximale par jour ; le nœud lit la courbe de charge
        [enedis-daily] c’est un fichier Enedis de consommation par jour ; le nœud lit la courbe de charge
        [enedis] c’est un fichier Enedis d’une autre sorte ; le nœud lit la courbe de charge
       *[other] ni ses premières lignes ni ses colonnes ne sont celles d’un fichier connu
    }
}
    .remedy = { $what ->
    [verify] « sesame share receipt » donne un reçu, en un fichier qui se vérifie
   *[other] prenez le fichier tel que l’organisation le donne, sans l’ouvrir d’abord dans un tableur
}

e1302 = { $file ->
    [absent] le fichier est abîmé ou incomplet
   *[other] « { $file } » est abîmé ou incomplet
}
    .why = { $what ->
    [unsigned] une des deux signatures manque
    [signature] une signature n’est pas bonne, donc quelque chose a changé depuis, ou une autre clé a signé
    [record] ce n’est pas l’enregistrement d’un partage entre deux parties nommées par leurs clés
    [binding] le porteur n’a pas signé pour montrer ceci
    [over] son temps est passé
    [presentation] ce n’est pas une présentation qui se vérifie (RFC 9901)
    [profile] ce n’est pas un profil : { $why }
    [cut] le fichier s’arrête au milieu de la ligne { $line } ; un fichier entier finit par une fin de ligne
    [columns] la ligne { $line } a { $found } colonnes, et il en faut { $expected }
    [heading] la ligne { $line } dit « { $found } » là où le titre des colonnes était attendu
    [row] la ligne { $line } dit « { $found } », qui n’est ni un jour ni une heure
    [no-day] la ligne { $line } donne une heure avant tout jour
    [date] la ligne { $line } dit « { $found } », qui n’est pas un jour entre 2000 et 2100
    [time] la ligne { $line } dit « { $found } », qui n’est pas une heure
    [no-such-time] la ligne { $line } dit { $found }, une heure qui n’existe pas ce jour-là : on avance les montres
    [stamp] la ligne { $line } dit « { $found } », qui n’est pas un instant avec son fuseau horaire
    [off-grid] la ligne { $line } dit { $found }, qui tombe entre deux pas
    [value] la ligne { $line } dit « { $found } », qui n’est pas une puissance en watts
    [twice] la ligne { $line } donne le même pas une seconde fois, avec une autre valeur
    [unit] la ligne { $line } dit « { $found } » là où l’unité W était attendue
    [production] la ligne { $line } parle de « { $found } » ; seul ce que vous consommez est importé pour l’instant, pas ce que vous donnez au réseau
    [quantity] la ligne { $line } dit « { $found } » là où l’énergie active était attendue
    [meter] la ligne { $line } nomme le point de livraison avec { $found } chiffres, et il en faut 14
    [step] la ligne { $line } donne un pas de { $found }, et les compteurs ont un pas de 5, 10, 15, 30 ou 60 minutes
    [mixed-steps] à la ligne { $line }, le pas devient { $found }, après { $expected } jusque-là
    [too-many] à partir de la ligne { $line }, il y a plus de relevés que le nœud n’en prend à la fois ({ $limit })
    [no-readings] il ne contient aucun relevé
   *[other] { $line ->
        [absent] une partie est illisible
       *[other] la ligne { $line } est illisible
    }
}
    .remedy = { $what ->
    [unsigned] demandez à l’autre côté le reçu que les deux ont signé
    [signature] ne croyez rien de ce qu’il dit ; redemandez le fichier tel quel à qui vous l’a donné
    [record] ne croyez rien de ce qu’il dit ; redemandez le fichier tel quel à qui vous l’a donné
    [binding] ne croyez rien de ce qu’il dit ; redemandez le fichier tel quel à qui vous l’a donné
    [over] demandez-en un nouveau
    [presentation] prenez le fichier tel quel, sans une ligne de plus ou de moins
    [profile] écrivez-le comme « profile » dans « sesame desk show --json »
   *[other] téléchargez-le de nouveau et importez-le tel quel ; rien n’en a été gardé
}

e1303 = { $file ->
    [absent] c’est trop grand
   *[other] « { $file } » est trop grand
}
    .why = { $line ->
    [absent] { $limit ->
        [absent] le nœud n’en prend pas autant à la fois
       *[other] le nœud prend au plus { $limit }
    }
   *[other] { $limit ->
        [absent] la ligne { $line } est trop longue pour un fichier de relevés
       *[other] la ligne { $line } dépasse { $limit }, c’est trop long pour un fichier de relevés
    }
}
    .remedy = coupez-le en plusieurs parties, par exemple une par année

e1304 = { $why ->
    [ambiguous] on ne sait pas ce que « { $value } » désigne
   *[other] { $name ->
        [absent] une valeur est impossible
        [passphrase] la phrase de passe ne peut pas être prise
       *[other] la valeur de « { $name } » est impossible
    }
}
    .why = { $why ->
    [ambiguous] plusieurs portent ce nom, ou commencent ainsi
    [exists] le fichier { $value } existe déjà, et rien n’est écrasé
    [differ] les deux ne sont pas pareilles
    [empty] elle est vide
    [not-asked] cela n’a pas été demandé, et ce qui n’est pas demandé n’est pas montré
    [no-value] il n’y a pas de valeur
    [no-address] ce n’est pas une adresse comme https://example.com/hook
    [scheme] elle n’est ni en https ni, sur cette machine, en http
    [plain] en http, quiconque est sur le chemin lit tout ; seule cette machine s’atteint ainsi
    [credentials] elle contient un nom ou un mot de passe, qui serait montré partout où elle l’est
    [fragment] ce qui suit # n’est jamais envoyé
    [too-long] elle dépasse { $limit } caractères
    [no-part] une donnée de cette sorte n’en a pas
    [not-empty] le dossier { $value } n’est pas vide, et rien n’est écrasé
    [stdin-once] l’entrée standard ne peut être lue qu’une fois
    [readings-only] ainsi seuls des relevés sont exportés, et aucun n’est une donnée sensible
    [in-use] une autre exportation y écrit déjà, sous le nom { $value }
   *[other] { $limit ->
        [absent] { $value ->
            [absent] elle sort de ce qui est permis
           *[other] « { $value } » n’y est pas permis
        }
       *[other] elle dépasse la limite : { $limit }
    }
}
    .remedy = { $why ->
    [ambiguous] donnez plutôt l’identifiant ; la liste le montre
    [exists] choisissez un autre nom
    [not-empty] choisissez un dossier nouveau, ou vide
    [stdin-once] ne donnez - que pour l’un d’eux
    [readings-only] retirez-le, ou nommez un dossier qui doit tout contenir
    [in-use] attendez qu’elle soit finie, ou choisissez un autre dossier
    [no-part] laissez-la de côté
    [not-asked] laissez-la de côté ; « sesame request show » dit ce qui a été demandé
   *[other] { $give ->
        [absent] { $name ->
            [purpose] donnez l’un de ceux-ci : quote, contract, delivery, billing, support, identity_check, newsletter, advertising, profiling, study, loyalty, membership, care, administration
            [terms] donnez un nom de la liste, comme SD-BASE, SD-BASE-DP, SD-BASE-A ou PDC-GOOD
            [alternative] donnez un nom de la liste, comme SD-BASE, SD-BASE-DP, SD-BASE-A ou PDC-GOOD
            [market] donnez une classe de la COICOP 2018, comme 04.5.1 pour l’électricité
            [subjects] donnez un numéro de registre ou un domaine, comme siren:552081317 ou domain:volta.example
           *[other] corrigez-la et réessayez
        }
       *[other] donnez { $give }
    }
}

e1305 = la phrase de passe est trop faible
    .why = quelqu’un qui copierait votre disque la devinerait vite
    .remedy = prenez les six mots proposés, ou une phrase à vous, plus longue

e1306 = { $reason ->
    [other-kind] { $found ->
        [invitation] c’est une invitation
        [link] c’est le lien d’une organisation
        [door] c’est une porte
       *[attestation] c’est une attestation
    }
   *[other] { $kind ->
        [absent] le code est illisible
        [invitation] l’invitation est illisible
        [link] le lien est illisible
        [door] la porte est illisible
       *[attestation] l’attestation est illisible
    }
}
    .why = { $reason ->
    [other-kind] { $kind ->
        [absent] chaque sorte de code a sa place
        [invitation] il faut ici l’invitation d’une personne
        [link] il faut ici le lien d’une organisation
        [door] il faut ici la porte qu’une personne a faite
       *[attestation] il faut ici une attestation sur votre organisation
    }
    [newer] cela vient d’une version plus récente de ce programme
   *[other] un signe manque ou est faux
}
    .remedy = { $reason ->
    [other-kind] { $found ->
        [invitation] une personne l’accepte dans son entourage (« sesame contact accept »)
        [link] une personne l’ajoute à ses organisations (« sesame vendor add »)
        [door] l’organisation pour qui elle est faite l’ouvre à son guichet (« sesame desk open »)
       *[attestation] l’organisation dont elle parle la joint à son guichet (« sesame desk attach »)
    }
    [newer] installez la version plus récente
   *[other] { $kind ->
        [absent] copiez tout, de « SESAME: » jusqu’au dernier signe
        [invitation] copiez tout, de « SESAME:1: » jusqu’au dernier signe
        [link] copiez tout, de « SESAME:L1: » jusqu’au dernier signe
        [door] copiez tout, de « SESAME:D1: » jusqu’au dernier signe
       *[attestation] copiez tout, de « SESAME:A1: » jusqu’au dernier signe
    }
}

e1307 = { $subject ->
    [absent] on ne sait pas sur quoi porte l’avis
   *[other] on ne sait pas ce qu’est « { $subject } »
}
    .why = un avis porte sur un nom, une adresse web ou un numéro de registre
    .remedy = écrivez par exemple domain:volta.example, siren:552081317 ou local:boulangerie-du-coin

e1320 = { $file ->
    [absent] il n’y a pas de sauvegarde à cet endroit
   *[other] il n’y a pas de sauvegarde dans { $file }
}
    .why = ce n’est pas une sauvegarde de ce programme, ou la première a été interrompue avant d’écrire quoi que ce soit
    .remedy = donnez le dossier ou le fichier que « sesame backup create » a écrit

e1321 = { $file ->
    [absent] la sauvegarde ne peut pas aller là
   *[other] la sauvegarde ne peut pas aller dans { $file }
}
    .why = { $reason ->
    [vault] les sauvegardes qui s’y trouvent sont d’un autre coffre, ou de celui-ci avant sa restauration
   *[other] il y a autre chose, et une sauvegarde ne remplace rien
}
    .remedy = donnez-lui un dossier à elle, vide ou nouveau, ou un autre nom de fichier

e1401 = { $what ->
    [absent] { $name ->
        [absent] ce que vous demandez n’existe pas
       *[other] il n’y a pas de « { $name } »
    }
    [contact] { $name ->
        [absent] cette personne n’est pas dans votre entourage
       *[other] « { $name } » n’est pas dans votre entourage
    }
    [series] { $name ->
        [absent] ces relevés n’existent pas
       *[other] il n’y a pas de relevés « { $name } »
    }
    [rating] { $name ->
        [absent] vous n’avez pas donné cet avis
       *[other] vous n’avez pas donné d’avis sur « { $name } »
    }
    [invitation] cette invitation n’existe pas
    [vendor] { $name ->
        [absent] vous ne gardez pas cette organisation
       *[other] vous ne gardez pas d’organisation « { $name } »
    }
    [account] { $name ->
        [absent] ce compte n’existe pas
       *[other] il n’y a pas de compte « { $name } »
    }
    [request] { $name ->
        [absent] cette demande ou ce partage n’existe pas
       *[other] il n’y a ni demande ni partage « { $name } »
    }
    [receipt] il n’y a pas encore de reçu de ce partage
    [webhook] aucun webhook n’est réglé
    [record] { $name ->
        [absent] vous ne gardez pas cette donnée
       *[other] vous ne gardez pas de donnée « { $name } »
    }
    [import] { $name ->
        [absent] cet import n’existe pas
       *[other] il n’y a pas d’import « { $name } »
    }
    [fact] { $name ->
        [absent] vous n’avez rien dit de tel
       *[other] vous n’avez rien dit de « { $name } »
    }
    [file] { $name ->
        [absent] ce fichier n’existe pas
       *[other] il n’y a pas de fichier « { $name } »
    }
   *[other] { $name ->
        [absent] ce que vous demandez n’existe pas
       *[other] il n’y a pas de « { $name } »
    }
}
    .why = { $what ->
    [receipt] les deux côtés le signent quand l’organisation a vu ce qui est convenu
    [webhook] il n’a jamais été réglé, ou a été arrêté
   *[other] cela n’a jamais existé, a été retiré ou porte un autre nom
}
    .remedy = { $what ->
    [vendor] « sesame vendor list » les montre toutes
    [account] « sesame vendor accounts » montre les vôtres, « sesame desk accounts » ceux d’un guichet
    [request] « sesame request list » et « sesame share list » les montrent tous, « sesame desk account » ceux d’un guichet
    [receipt] « sesame share show » dit où il en est
    [webhook] « sesame desk webhook set URL » en règle un
    [fact] « sesame data facts » montre tout ce que vous avez dit
    [record] « sesame data list » les montre toutes
    [import] « sesame data imports » les montre tous, et avec --json leurs identifiants
    [contact] « sesame contact list » montre tout votre entourage
    [series] « sesame data list » montre tous vos relevés
    [rating] « sesame ratings » montre tous vos avis
    [file] vérifiez le nom et le dossier
   *[other] vérifiez le nom
}

e1501 = { $file ->
    [absent] le fichier n’apporte rien de nouveau
   *[other] « { $file } » n’apporte rien de nouveau
}
    .why = { $count ->
    [absent] tout ce qu’il contient était déjà là
   *[other] ses { $count } relevés étaient déjà tous là
}
    .remedy = il n’y a rien à faire ; « sesame data imports » montre ce qui a déjà été importé

e1502 = { $reason ->
    [no-webhook] il n’y a rien à arrêter
   *[other] il n’y a rien à décider
}
    .why = { $reason ->
    [ended] le compte a pris fin
    [nothing-asked] l’organisation ne demande pas de compte en ce moment
    [decided] c’est déjà décidé
    [nothing-shown] rien n’est montré, ou ne l’a été
    [lapsed] son délai est passé
    [no-webhook] aucun webhook n’est réglé
   *[other] c’est déjà décidé, c’est terminé, ou c’est à l’autre côté
}
    .remedy = { $reason ->
    [nothing-asked] « sesame vendor accounts » dit où il en est
    [ended] faites une nouvelle porte avec « sesame vendor door », si vous en voulez une
    [lapsed] l’organisation peut redemander
   *[other] il n’y a rien à faire ; « sesame request list », « sesame share list » et « sesame desk inbox » disent où en sont les choses
}

e1503 = il n’y a rien à libérer
    .why = rien n’est mort dans le coffre, sauf ce que tout coffre contient
    .remedy = rien n’est à faire ; le nœud libère de la place tout seul quand la moitié du coffre est morte

e1504 = il n’y a rien à réparer
    .why = une vérification de chaque octet a trouvé le coffre intact
    .remedy = il n’y a rien à faire ; si le nœud ne s’ouvre pas, « sesame doctor » cherche une autre cause

e13001 = interrompu
    .why = vous avez arrêté la commande
    .remedy = relancez-la quand vous voulez ; ce qui n’était pas fini n’a pas été gardé
