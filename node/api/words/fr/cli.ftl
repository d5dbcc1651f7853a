# La ligne de commande. Les clés commencent par `cli-` ; `cli-means-…` sont les sens des commandes dans « sesame help ».

## Ce qui n’a pas marché

cli-problem = erreur[{ $code }] : { $text }
cli-problem-part = { $label } : { $text }
cli-problem-why = pourquoi
cli-problem-remedy = remède

## Noms des colonnes et des valeurs

cli-added = nouveaux
cli-audience = pour
cli-days-span = jours
cli-energy = énergie
cli-estimated = estimé
cli-file = fichier
cli-format = format
cli-heard = avis reçus
cli-home = dossier
cli-id = identifiant
cli-identity = identité
cli-index = index
cli-linked = relié
cli-listening = écoute sur
cli-market = secteur
cli-marks = notes
cli-meter = compteur
cli-mine = le mien
cli-name = nom
cli-network = réseau
cli-note = remarque
cli-page = page
cli-power = puissance
cli-price-points = un menteur le déplace de
cli-process = programme
cli-quantity = mesure
cli-quantity-electricity = électricité
cli-readings = relevés
cli-refused = refusés
cli-score = note
cli-source = de
cli-standing = où on en est
cli-subject = sujet
cli-text = mots
cli-trust = poids
cli-vault = coffre
cli-voices = voix
cli-account = compte
cli-accounts = comptes
cli-agreement = accord
cli-asked = demandées
cli-claims = se dit être
cli-deleted-on = effacé le
cli-field = champ
cli-held-since = gardé depuis
cli-kept-for = gardé
cli-kind = sorte
cli-link = lien
cli-mandatory = obligatoire
cli-need = besoin
cli-needed = nécessaires
cli-organisation = organisation
cli-purpose = pour
cli-recipients = va aussi à
cli-says = dit
cli-signs = signe
cli-since = depuis
cli-standing-word = certitude
cli-terms = conditions
cli-until = jusqu’au
cli-uses = utilise pour
cli-value = valeur
cli-value-known = ce que vous pourriez dire
cli-visited = dernier passage
cli-visits-next = prochain passage
cli-what = quoi
cli-whose-word = parole de qui
cli-days = { $days ->
    [0] aucun jour
    [one] un jour
   *[other] { $days } jours
}
cli-when = quand
cli-mark-overall = en tout
cli-mark-price = prix
cli-mark-quality = qualité
cli-mark-service = service
cli-mark-honesty = honnêteté
cli-quote = « { $text } »

## Questions

cli-ask-name = Le nom que vos contacts verront (Entrée pour aucun) :
cli-ask-vendor-name = Le nom de l’organisation (Entrée pour aucun) :
cli-ask-passphrase = Phrase de passe (ou les 24 mots) :
cli-ask-offer = Une phrase de passe pour vous : { $passphrase }
    Notez-la avant de continuer. Personne ne pourra vous la rendre.
cli-ask-new = Appuyez sur Entrée pour la prendre, ou tapez la vôtre :
cli-ask-again = Tapez-la encore une fois :
cli-ask-words = Mots { $first } à { $last }, séparés par des espaces :
cli-ask-file-open = D’autres personnes sur cette machine peuvent lire { $file }. Fermez-le-leur avec « chmod 600 ».

## init, lock, unlock, stop, ui, up

cli-init-done = Votre coffre est prêt.
cli-init-words = Ces 24 mots l’ouvrent si la phrase de passe est perdue. Ils ne sont montrés que cette fois :
cli-init-paper = Écrivez-les sur du papier, dans cet ordre. N’en faites ni photo ni fichier.
cli-init-check = Puis vérifiez ce que vous avez écrit : « sesame key words ».
cli-init-next = Démarrez votre nœud : « sesame up ».
cli-init-vendor = Dites ensuite qui vous êtes avec « sesame desk profile », et donnez le lien de « sesame desk link ».
cli-lock-done = Le coffre est fermé à clé. « sesame unlock » le rouvre.
cli-unlock-done = Le coffre est ouvert.
cli-unlock-already = Le coffre était déjà ouvert.
cli-stop-done = Le nœud est arrêté.
cli-ui-opened = La page s’ouvre dans votre navigateur. Cette adresse sert une fois, pendant une minute.
cli-ui-by-hand = Ouvrez cette adresse dans votre navigateur. Elle sert une fois, pendant une minute.
cli-up-bare = Bienvenue. Commencez ici, une seule fois : { $page }
cli-up-locked = Le coffre est fermé à clé. La page est à { $page } ; « sesame ui » l’ouvre, « sesame unlock » ouvre le coffre.
cli-up-open = Le coffre est ouvert. La page est à { $page } ; « sesame ui » l’ouvre.
cli-up-ailing = Le coffre ne peut pas être ouvert. « sesame status » dit pourquoi ; la page est à { $page }.
cli-up-stop = Ctrl-C arrête le nœud.
cli-words-right = Ce sont bien les 24 mots de ce coffre. Gardez la feuille en lieu sûr.

## status

cli-status-bare = Il n’y a pas encore de coffre : créez-le avec « sesame init », ou sur la page avec « sesame ui ».
cli-status-locked = Le coffre est fermé à clé : « sesame unlock » l’ouvre, et le nœud reprend où il en était.
cli-status-ailing = Le coffre ne peut pas être ouvert. Rien n’y est plus écrit d’ici là.
cli-status-words = Il reste une chose à faire : vérifier vos 24 mots avec « sesame key words ».
cli-status-waiting = { $count ->
    [one] Tout va bien. Un pli attend d’être lu ; « sesame contact list » dit pourquoi.
   *[other] Tout va bien. { $count } plis attendent d’être lus ; « sesame contact list » dit pourquoi.
}
cli-status-well = Tout va bien.
cli-status-vault = { $readings ->
    [0] aucun relevé
    [one] un relevé
   *[other] { $readings } relevés
}, { $contacts ->
    [0] personne dans l’entourage
    [one] un proche
   *[other] { $contacts } proches
}, { $size } sur le disque
cli-status-rebuilt = refait à partir du journal à l’ouverture du coffre ; rien n’est perdu
cli-status-vendor = le nœud d’une organisation, avec un guichet : « sesame desk inbox »
cli-status-network = { $linked ->
    [0] personne n’est relié
    [one] un proche est relié
   *[other] { $linked } proches sont reliés
}, { $waiting ->
    [0] rien n’attend
    [one] un pli attend
   *[other] { $waiting } plis attendent
}
cli-status-refused = { $count } ({ $reason })
cli-status-page = { $page }, qui montre les mots « { $fingerprint } »
cli-status-process = version { $version }, PID { $pid }, depuis { $since }

## data

cli-import-read = { $name } : { $readings ->
    [one] un relevé
   *[other] { $readings } relevés
} sur { $days ->
    [one] un jour
   *[other] { $days } jours
}, du { $from } au { $to }
cli-import-added = nouveaux
cli-import-known = déjà là
cli-import-differing = déjà là avec une autre valeur (les deux sont gardées)
cli-import-estimated = estimés par l’organisation
cli-import-missing = manquants
cli-import-hole = { $day } n’est pas complet : { $present } relevés sur { $expected }
cli-import-holes-more = { $count ->
    [one] et encore un jour incomplet
   *[other] et encore { $count } jours incomplets
}
cli-import-clock = { $count ->
    [one] un changement d’heure, pris en compte
   *[other] { $count } changements d’heure, pris en compte
}
cli-import-dry = C’était un essai : rien n’a été gardé.
cli-imports-none = Rien n’a encore été importé. « sesame data import FICHIER » lit un fichier qu’une organisation vous a donné.
cli-series-none = Il n’y a pas encore de relevés. « sesame data import FICHIER » lit un fichier qu’une organisation vous a donné.
cli-series-counts = * compte dans les totaux
cli-series-step = un toutes les { $minutes } minutes
cli-readings-more = Seuls les { $count } premiers sont montrés. « sesame data export » les donne tous.
cli-export-done = { $count ->
    [one] Un relevé est écrit dans { $file }.
   *[other] { $count } relevés sont écrits dans { $file }.
}

## insight

cli-finding-always = Jour et nuit, votre logement consomme au moins { $watts } W : { $energy } par an, soit { $percent } de tout ce que vous consommez (sur { $nights } nuits).
cli-finding-night = De minuit à 6 h, votre logement consomme au moins { $watts } W : { $energy } par an à ces heures-là, soit { $percent } de tout ce que vous consommez (sur { $nights } nuits).
cli-insight-head = { $vendor }, { $span } : { $energy }
cli-insight-mean = Moyennes par jour.
cli-insight-missing = { $count ->
    [one] Un relevé manque (○) : cette barre est trop courte.
   *[other] { $count } relevés manquent (○) : ces barres sont trop courtes.
}
cli-insight-estimated = { $count ->
    [one] Un relevé est une estimation de l’organisation.
   *[other] { $count } relevés sont des estimations de l’organisation.
}
cli-svg-done = Le graphique est écrit dans { $file }.

## contact

cli-contacts-none = Votre entourage est vide. « sesame contact invite NOM » invite quelqu’un.
cli-standing-asking = demandé, sans réponse
cli-standing-known = mots à comparer
cli-standing-verified = vérifié
cli-standing-changed = clé changée : comparez les mots
cli-trust-none = nul
cli-trust-little = faible
cli-trust-some = moyen
cli-trust-much = fort
cli-trust-done = Le poids de la parole de { $name } est maintenant : { $level }.
cli-invitation-open = L’invitation pour { $name } est ouverte jusqu’au { $until }.
cli-waiting = { $what ->
    [acceptance] Votre acceptation attend { $name }
    [welcome] Votre mot d’accueil attend { $name }
    [update] Vos nouvelles attendent { $name }
    [acknowledgement] Une confirmation attend { $name }
   *[other] Quelque chose attend { $name }
} depuis le { $since } : { $why ->
    [unreachable] ce nœud ne répond pas. L’envoi partira tout seul dès que les deux nœuds seront allumés ; le vôtre abandonne le { $until }
    [refused] ce nœud l’a refusé pour de bon. Demandez une nouvelle invitation et acceptez-la
   *[other] l’envoi part à la prochaine occasion ; votre nœud abandonne le { $until }
}.
cli-invite-named = Invitation pour { $name }. Elle sert une fois, jusqu’au { $until }.
cli-invite-anyone = Invitation. Elle sert une fois, pour une personne, jusqu’au { $until }.
cli-invite-say = À dire avec elle :
cli-invite-sentence = « Installe Sésame, puis tape : sesame contact accept, et ce code. Ensuite appelle-moi, et nous comparons six mots. »
cli-code-large = Le code est trop long pour un code QR dans cette fenêtre. « { $option } FICHIER.svg » en fait une image.
cli-invite-file = Le code QR est écrit dans { $file }. Qui le voit peut s’en servir.
cli-accept-done = Vous avez accepté l’invitation de { $name }.
cli-accept-asking = L’autre nœud n’a pas encore répondu. Laissez le vôtre allumé : il réessaie tout seul.
cli-this-person = cette personne
cli-words-compare = Appelez { $name } et lisez-vous ces six mots. Ils doivent être les mêmes :
cli-words-other = Dans l’autre langue : { $words }
cli-verify-ask = Sont-ils les mêmes pour { $name } ? [o/N]
cli-verify-same = { $name } est vérifié.
cli-verify-different = Les mots diffèrent : rien ne part vers { $name }. Quelqu’un se fait peut-être passer pour cette personne.
cli-remove-ask = Retirer { $name } de votre entourage ? [o/N]
cli-remove-done = { $name } n’est plus dans votre entourage.

## rate et advice

cli-rate-sent = Votre avis sur { $name } est signé et part vers vos proches.
cli-rate-kept = Votre avis sur { $name } reste chez vous.
cli-retract-done = Votre avis sur { $name } est retiré.
cli-retracted = retiré
cli-audience-contacts = mes proches
cli-audience-myself = moi seulement
cli-ratings-none = Vous n’avez encore donné aucun avis. « sesame rate SUJET --overall 80 » commence.
cli-advice-none = { $name } : personne à qui vous faites confiance ne connaît. Nous ne remplaçons pas vos proches par des inconnus.
cli-advice-score = { $name } : { $score } sur 100, { $voices ->
    [one] d’après une seule voix
    [two] d’après deux voix
   *[other] d’après trois voix ou plus
}
cli-advice-price = { $points ->
    [0] Un proche qui mentirait ne pourrait pas déplacer cette note.
    [one] Un proche qui mentirait pourrait déplacer cette note d’un point au plus.
   *[other] Un proche qui mentirait pourrait déplacer cette note de { $points } points au plus.
}
cli-advice-reasons = Qui le dit :
cli-reason = { $name } donne { $mark } et fait { $percent } de la note (poids { $trust }), le { $date }
cli-reason-silent = { $name } donne { $mark }, qui ne compte pas (poids { $trust }), le { $date }
cli-advice-untrusted = Quelqu’un de votre entourage connaît, mais sa parole n’a pas encore de poids : « sesame contact trust NOM some ».
cli-advice-mine = Votre propre avis, qui ne compte jamais : { $marks }
cli-advice-how = Comment c’est fait : la note de chaque proche compte autant que vous l’avez choisi (fort 9, moyen 3, faible 1), la vôtre pas du tout ; tout est calculé ici, et personne n’apprend ce que vous demandez.
cli-advice-empty = Ni vous ni votre entourage n’avez encore donné d’avis. « sesame rate SUJET --overall 80 » commence.
cli-voices-count = { $voices ->
    [none] aucune
    [one] une
    [two] deux
   *[other] trois ou plus
}

## vendor

cli-vendors-none = Vous n’avez encore aucune organisation. « sesame vendor add LIEN » en ajoute une, par le lien qu’elle donne.
cli-vendor-profile = ce qu’elle dit
cli-vendor-since = ajoutée le
cli-vendor-seen = vue le
cli-vendor-unseen = pas encore jointe
cli-vendor-is-blocked = bloquée : votre nœud n’en reçoit plus rien
cli-vendor-lacks = { $count ->
    [0] tout l’obligatoire
    [one] un champ obligatoire absent
   *[other] { $count } champs obligatoires absents
}
cli-vendor-missing = Obligatoire et non dit : { $fields }. Tant que cela manque, votre nœud refuse tout compte de lui-même.
cli-vendor-added-nameless = Ajoutée à vos organisations.
cli-vendor-added = { $vendor } fait désormais partie de vos organisations.
cli-vendor-asking = Votre nœud demande à son guichet qui elle est, comme le ferait un inconnu. « sesame vendor show { $id } » aura la réponse dans un instant.
cli-vendor-look = Votre nœud regarde de nouveau qui { $vendor } dit être. « sesame vendor show { $id } » aura la réponse dans un instant.
cli-vendor-next = Vous n’avez pas de compte chez elle. « sesame vendor door { $id } » crée une porte, par laquelle elle peut en demander un.
cli-vendor-block-ask = Ne plus rien recevoir de { $vendor }, et fermer tous vos comptes chez elle ? [o/N]
cli-vendor-blocked = Vous ne recevez plus rien de { $vendor }. Vos comptes y sont fermés.
cli-vendor-unblocked = { $vendor } peut de nouveau se faire entendre. Les comptes fermés le restent.
cli-door-head = Une porte pour { $vendor }. Elle sert une fois, à cette organisation seule, jusqu’au { $until }.
cli-door-say = Donnez ce code à { $vendor }, en texte ou en code QR. Avec lui, elle peut vous demander un compte ; elle n’apprend rien d’autre.
cli-door-next = Votre nœud va tout seul à son guichet voir s’il a servi. « sesame vendor visit { $id } » y va maintenant.
cli-door-file = Le code QR est écrit dans { $file }. Il n’est que pour cette organisation.
cli-accounts-none = Vous n’avez de compte chez aucune organisation. « sesame vendor door ORGANISATION » ouvre la voie.
cli-account-line = Compte { $id } : { $standing }, depuis le { $since }.
cli-account-asks = { $vendor } vous demande un compte. Votre réponse est attendue : « sesame vendor accept { $id } », ou « sesame vendor refuse { $id } ».
cli-account-reference = Leur référence : { $reference }
cli-account-visit = Votre nœud va maintenant au guichet de { $vendor }. « sesame vendor accounts » et « sesame request list » montrent ce qu’il en rapporte.
cli-account-accepted = Le compte chez { $vendor } est ouvert. Des données peuvent vous être demandées ; à chaque fois, vous décidez.
cli-account-refused = C’est noté : pas de compte pour { $vendor }. Vous n’avez pas à vous justifier.
cli-account-close-ask = Fermer le compte chez { $vendor }, et retirer tout ce qui y a été partagé ? [o/N]
cli-account-closed = Le compte chez { $vendor } est fermé. Ce qui y a été partagé ne peut plus servir.

## request

cli-requests-none = Aucune organisation ne vous demande rien.
cli-request-waits = { $vendor } attend votre réponse depuis le { $since }, jusqu’au { $until } : « sesame request show { $id } », puis « answer » ou « refuse ».
cli-request-decide = Cela vous attend jusqu’au { $until } : « sesame request answer { $id } --give CHAMP » pour choisir vous-même, « sesame request refuse { $id } » pour dire non.
cli-request-why = { $vendor } dit pourquoi : « { $text } »
cli-request-identifies = Permet de vous identifier.
cli-request-retention = Ils veulent le garder { $days ->
    [0] aucun jour
    [one] un jour
   *[other] { $days } jours
}, pas plus qu’il n’en faut.
cli-request-terms = Conditions qu’ils souhaitent : { $terms }
cli-request-looser = Ces conditions vous laissent moins que les plus strictes, SD-BASE. Vous proposez SD-BASE, sauf si vous en choisissez d’autres.
cli-request-smaller = La réponse réduite : { $fields }, pendant { $days ->
    [0] aucun jour
    [one] un jour
   *[other] { $days } jours
}. « sesame request answer { $id } --smaller » donne cela et rien d’autre.
cli-request-refused = C’est noté : non. Vous n’avez pas à vous justifier. { $vendor } recevra : « demande refusée ». S’ils redemandent la même chose, vous le verrez.
cli-request-offered = Proposé à { $vendor }.
cli-request-lends = Vous prêtez : { $fields }. Pour : { $purpose }. Pendant { $days ->
    [0] aucun jour
    [one] un jour
   *[other] { $days } jours
}. Conditions : { $terms }.
cli-request-unseen = { $vendor } n’en voit rien avant d’avoir signé ces conditions.
cli-source-said = { $value } (vous l’avez dit)
cli-source-readings = { $value } (de vos relevés)

## share

cli-shares-none = Rien n’a été partagé avec une organisation.
cli-share-title = Ce que vous partagez avec { $vendor }, pour : { $purpose }
cli-share-signed = Signé par les deux
cli-share-step = { $what ->
    [offered] Proposé à { $vendor } : { $when }
    [unsigned] Pas encore signé par { $vendor }
    [shown] { $when ->
        [no] Pas encore montré
       *[other] Montré : { $when }
    }
    [receipt] { $when ->
        [no] Pas encore de reçu signé par les deux
       *[other] Reçu signé par les deux : { $when }
    }
    [withdrawn] Retiré par vous : { $when }
   *[other] { $when ->
        [no] Pas encore annoncé à { $vendor }
       *[other] Annoncé à { $vendor } : { $when }
    }
}
cli-share-proof-due = La preuve d’effacement est attendue jusqu’au { $until }
cli-share-deleted = { $vendor } dit l’avoir effacé ({ $how }) : { $at }
cli-share-overdue = Le délai est passé, et { $vendor } n’a pas dit l’avoir effacé. C’est une preuve aussi.
cli-share-withdrawn = Dès maintenant, { $vendor } n’a plus le droit d’utiliser ceci. Votre nœud ne peut pas l’effacer chez eux : il le leur demande et attend leur preuve, au plus tard le { $until }.
cli-share-withdrawn-unseen = Retiré avant que { $vendor } n’en ait rien vu.
cli-receipt-done = Le reçu est écrit dans { $file }. « sesame verify { $file } » le vérifie sans nœud.
cli-knows-none = À la connaissance de votre nœud, rien de vous n’a été montré à une organisation.

## Ce que l’on dit de soi

cli-ask-value = { $field } :
cli-facts-none = Vous n’avez encore rien dit de vous. « sesame data add CHAMP » permet de commencer ; rien n’en est donné à personne sans votre décision.
cli-fact-added = Retenu : { $field }. Cela vous sera proposé quand une organisation le demandera, et n’est donné à personne sans votre décision.
cli-asked-last = demandé en dernier par

## desk

cli-webhook-set = Il apprend désormais ce qui se passe. « sesame desk webhook test » vérifie qu’il entend.
cli-webhook-rotated = Il y a un nouveau secret.
cli-webhook-off = Arrêté. Aucun autre système n’apprend plus ce qui se passe à ce guichet, et ce qui attendait est abandonné.
cli-webhook-since = averti depuis
cli-webhook-taken = dernier message pris
cli-webhook-failed = dernier échec
cli-webhook-never = jamais
cli-webhook-failure = { $at } : { $why }
cli-webhook-address = adresse
cli-desk-nameless = le compte { $id }
cli-desk-complete = Tout ce qui est obligatoire est dit.
cli-desk-lacks = Obligatoire et non dit : { $fields }. Les nœuds des personnes refusent tout compte tant que cela manque ; « sesame desk profile --set CHAMP=VALEUR » le complète.
cli-desk-unpublished = Rien n’est encore publié. « sesame desk profile » publie ce que vous dites.
cli-desk-published = Publié. Quiconque regarde le guichet le voit désormais.
cli-desk-attached = Gardé. Quiconque regarde le guichet le voit désormais ; le croient ceux qui connaissent la personne qui l’a dit.
cli-desk-attestation = { $field } : { $by } dit que c’est vrai ({ $how }), jusqu’au { $until }
cli-link-head = Le lien de ce guichet. Il est public, et donne les adresses actuelles de ce nœud.
cli-link-say = Mettez-le sur une facture, une porte ou un site. Quiconque tape « sesame vendor add » et ce code voit qui vous dites être.
cli-link-file = Le code QR est écrit dans { $file }.
cli-attestation = { $vendor } : « { $field } » est { $value } ({ $how })
cli-attestation-live = Vous en répondez jusqu’au { $until }. Le code pour eux :
cli-attestation-changed = Ils disent maintenant autre chose, dont vous ne répondez pas. Jusqu’au { $until } :
cli-attestation-ended = C’est fini depuis le { $until }. Le code était :
cli-attestations-none = Vous n’avez encore rien dit d’une organisation. « sesame desk attest » le fait.
cli-attest-head = Vous dites que « { $field } » de { $vendor } est vrai. Ce code est pour eux :
cli-attest-say = Ils le gardent avec « sesame desk attach ». Qui vous connaît lit alors que le champ est prouvé. Le code est public.
cli-desk-opened = Compte demandé à { $account }. La demande attend à votre guichet que le nœud de la personne vienne : « sesame desk account { $id } ».
cli-desk-again = Redemandé à { $account }. La demande attend à votre guichet que le nœud de la personne vienne.
cli-desk-asked = Demandé à { $account }. La demande attend à votre guichet que le nœud de la personne vienne.
cli-desk-signed = Signé. { $account } envoie ce qui est convenu quand le nœud de la personne vient.
cli-desk-refused = Non signé. { $account } l’apprend quand le nœud de la personne vient.
cli-desk-accounts-none = Il n’y a pas encore de compte. « sesame desk open CODE » ouvre la porte d’une personne.
cli-desk-more = Il y en a d’autres : « sesame desk accounts --after { $id } ».
cli-desk-never = pas encore
cli-desk-missing = Le nœud de la personne a refusé { $account } de lui-même, faute de : { $fields }. Dites-le avec « sesame desk profile », puis « sesame desk again { $id } ».
cli-desk-request = Demandé à { $account } le { $at } : { $fields }. Pour : { $purpose }, { $days ->
    [0] aucun jour
    [one] un jour
   *[other] { $days } jours
}.
cli-desk-proffered = La personne propose : { $fields }. Conditions : { $terms }. Pendant { $days ->
    [0] aucun jour
    [one] un jour
   *[other] { $days } jours
}.
cli-desk-decide = « sesame desk accept { $id } --account { $account } », ou « refuse » à la place de « accept »
cli-desk-due = S’efface automatiquement le { $until }.
cli-inbox-nothing = Il n’y a rien à décider.
cli-inbox-holds-nothing = Vous ne gardez rien.

## verify

cli-verify-receipt = Les deux signatures sont valables : c’est bien ce dont les deux sont convenus, et rien n’a changé depuis.
cli-verify-person = personne
cli-verify-key = sa clé
cli-verify-values = Un reçu dit ce qui a été montré, jamais les valeurs.
cli-verify-whose = À qui sont ces clés, le fichier ne peut pas le dire. « sesame vendor show » donne la clé de chacune de vos organisations.
cli-verify-issuer = La signature de l’émetteur est valable. L’émetteur est cette clé : { $issuer }
cli-verify-issuer-none = Le fichier ne nomme aucun émetteur : sa signature n’a pas été vérifiée.
cli-verify-issuer-unknown = L’émetteur s’appelle « { $issuer } », qui n’est pas une clé : sa signature n’a pas été vérifiée.
cli-verify-holder = Le porteur a signé pour montrer exactement ceci, d’après sa propre horloge : { $at }. Le porteur est cette clé : { $holder }
cli-verify-holder-none = Personne n’a signé pour montrer ceci : quiconque a le fichier peut l’avoir envoyé.
cli-verify-asker = À qui c’était destiné, et si cela répond à une question vraiment posée (le nonce), seul celui qui a demandé peut le vérifier.
cli-verify-names = Cela montre : { $fields }. Les valeurs ne sont pas écrites, car le fichier seul ne prouve pas qu’elles vous étaient destinées.

## config

cli-config-done = « { $setting } » est changé. Un nœud qui tourne le prendra à son prochain démarrage.
cli-config-edited = Les réglages sont changés. Un nœud qui tourne les prendra à son prochain démarrage.
cli-config-same = Rien n’a été changé.

## doctor

cli-doctor-title = sesame { $version }, { $home }
cli-doctor-well = Rien ne va mal.
cli-doctor-warn = { $count ->
    [one] Tout marche ; une chose est à faire.
   *[other] Tout marche ; { $count } choses sont à faire.
}
cli-doctor-bad = { $count ->
    [one] Une chose ne marche pas.
   *[other] { $count } choses ne marchent pas.
}
cli-doctor-home-ok = Le dossier est là et il est à vous.
cli-doctor-home-none = Le dossier n’existe pas encore. « sesame up » ou « sesame init » le crée.
cli-doctor-home-file = Il y a un fichier là où devrait être le dossier.
cli-doctor-home-file-remedy = Déplacez-le, ou choisissez un autre dossier avec « --home DOSSIER ».
cli-doctor-home-foreign = Le dossier est à quelqu’un d’autre.
cli-doctor-home-foreign-remedy = Lancez sesame sous ce compte, ou choisissez un autre dossier avec « --home DOSSIER ».
cli-doctor-modes-ok = Personne d’autre ne peut y regarder.
cli-doctor-modes-wide = D’autres personnes sur cette machine peuvent lire { $file } (droits trop larges : { $count }).
cli-doctor-modes-wide-remedy = Fermez-le : chmod -R go-rwx { $file }
cli-doctor-vault-ok = Il y a un coffre.
cli-doctor-vault-none = Il n’y a pas encore de coffre.
cli-doctor-lock-free = Personne ne tient le coffre.
cli-doctor-lock-unknown = Ce système ne dit pas qui tient le coffre.
cli-doctor-lock-held = Le nœud tient le coffre (PID { $pid }).
cli-doctor-lock-silent = Un processus tient le coffre et aucun nœud ne répond (PID { $pid }).
cli-doctor-lock-silent-remedy = Il démarre ou s’arrête peut-être : regardez de nouveau dans un instant. S’il reste, arrêtez-le : kill { $pid }
cli-doctor-settings-ok = Les réglages sont bons (changés : { $count }).
cli-doctor-settings-none = Tous les réglages sont ceux d’origine.
cli-doctor-settings-wrong = Le réglage « { $name } » est faux.
cli-doctor-settings-wrong-remedy = « sesame config edit » ouvre les réglages.
cli-doctor-node-ok = Le nœud répond (PID { $pid }).
cli-doctor-node-none = Aucun nœud ne tourne ici. « sesame up » le démarre.
cli-doctor-node-long = Le chemin du dossier est trop long pour une prise locale : { $length } octets, { $limit } au plus.
cli-doctor-node-long-remedy = Choisissez un dossier au chemin plus court : « --home DOSSIER ».
cli-doctor-node-foreign = La prise locale { $file } est à quelqu’un d’autre.
cli-doctor-node-foreign-remedy = Lancez sesame sous ce compte, ou choisissez un autre dossier avec « --home DOSSIER ».
cli-doctor-node-silent = Il y a un nœud, mais il ne répond pas comme il devrait ({ $code }).
cli-doctor-node-silent-remedy = Arrêtez-le avec « sesame stop » et redémarrez-le avec « sesame up ».
cli-doctor-version-ok = Le nœud et ce programme ont la même version ({ $version }).
cli-doctor-version-other = Le nœud est en version { $node }, ce programme en { $version }.
cli-doctor-version-other-remedy = Redémarrez le nœud : « sesame stop », puis « sesame up ».
cli-doctor-port-served = La page est servie à { $page }.
cli-doctor-port-free = Le port { $port } est libre pour la page.
cli-doctor-port-taken = Le port { $port } est pris par un autre programme.
cli-doctor-port-taken-remedy = Arrêtez ce programme, ou choisissez un autre port avec « sesame config set page_port NOMBRE ».
cli-doctor-clock-ok = L’horloge peut être juste.
cli-doctor-clock-early = L’horloge a des années de retard.
cli-doctor-clock-early-remedy = Réglez la date et l’heure de cette machine.
cli-doctor-clock-behind = L’horloge retarde : des fichiers du coffre viennent du futur.
cli-doctor-clock-behind-remedy = Réglez la date et l’heure de cette machine.
cli-doctor-disk-ok = Il y a de la place sur le disque ({ $free }).
cli-doctor-disk-unknown = Ce système ne dit pas combien de place a le disque.
cli-doctor-disk-low = Le disque est presque plein (il reste { $free }).
cli-doctor-disk-low-remedy = Libérez de la place avant d’importer quelque chose de grand.
cli-doctor-disk-full = Le disque est plein (il reste { $free }).
cli-doctor-disk-full-remedy = Libérez de la place : le coffre ne peut plus écrire.

## help

cli-help-title = Sésame garde vos données sur votre machine, et laisse votre entourage vous dire qui mérite votre argent.
cli-help-more = « sesame help COMMANDE » en explique une, en anglais. Partout : --home DOSSIER, --lang en|fr, --json, --no-input, --quiet.
cli-help-begin = Pour commencer
cli-help-node = Votre nœud
cli-help-data = Vos données
cli-help-circle = Votre entourage
cli-help-choose = Choisir
cli-help-organisations = Les organisations
cli-help-desk = Le guichet d’une organisation
cli-help-shell = Pour le terminal
cli-means-demo = une histoire avec de vrais nœuds sur cette machine
cli-means-init = créer votre coffre
cli-means-up = faire tourner votre nœud
cli-means-ui = ouvrir la page
cli-means-status = comment va votre nœud
cli-means-doctor = chercher ce qui ne va pas
cli-means-lock = fermer le coffre à clé
cli-means-unlock = ouvrir le coffre
cli-means-stop = arrêter le nœud
cli-means-config-get = montrer les réglages
cli-means-config-set = changer un réglage
cli-means-config-edit = ouvrir les réglages dans votre éditeur
cli-means-key-words = vérifier vos 24 mots
cli-means-data-import = lire un fichier qu’une organisation vous a donné
cli-means-data-imports = ce qui a été importé
cli-means-data-list = ce que vous gardez : relevés, informations, événements, papiers
cli-means-data-show = une donnée et son historique, ou les relevés un par un
cli-means-data-export = emporter toutes vos données dans un dossier, ou les relevés en CSV
cli-means-insight = ce que disent vos données
cli-means-contact-invite = inviter quelqu’un
cli-means-contact-accept = accepter une invitation
cli-means-contact-list = qui est dans votre entourage
cli-means-contact-verify = comparer six mots avec quelqu’un
cli-means-contact-trust = choisir le poids de la parole de quelqu’un
cli-means-contact-remove = retirer quelqu’un
cli-means-advice = demander ce que pense votre entourage
cli-means-rate = donner un avis sur une organisation, un magasin, un produit
cli-means-ratings = vos propres avis
cli-means-retract = retirer un avis
cli-means-vendor-add = ajouter une organisation par son lien
cli-means-vendor-list = vos organisations
cli-means-vendor-show = qui une organisation dit être
cli-means-vendor-look = regarder de nouveau qui elle dit être
cli-means-vendor-door = créer une porte pour une organisation
cli-means-vendor-accounts = vos comptes, et ce qui attend
cli-means-vendor-visit = aller maintenant à un guichet
cli-means-vendor-accept = ouvrir le compte demandé
cli-means-vendor-refuse = le refuser
cli-means-vendor-close = fermer un compte
cli-means-vendor-block = ne plus rien recevoir d’une organisation
cli-means-request-list = ce que des organisations vous demandent
cli-means-request-show = une demande, comparée à ce qu’il lui faut
cli-means-request-answer = répondre à vos conditions
cli-means-request-refuse = dire non
cli-means-share-list = ce que vous avez partagé
cli-means-share-show = la vie d’un partage
cli-means-share-withdraw = retirer un partage
cli-means-share-receipt = le reçu de partage, en fichier
cli-means-share-who-knows = qui sait quoi de vous
cli-means-data-add = garder quelque chose de vous
cli-means-data-facts = les informations que vous gardez
cli-means-data-forget = oublier quelque chose pour de bon
cli-means-desk-show = ce que dit votre organisation
cli-means-desk-link = le lien à donner
cli-means-desk-profile = dire qui vous êtes
cli-means-desk-attest = dire qu’un champ d’une autre est vrai
cli-means-desk-attestations = voir ce que vous avez dit des autres
cli-means-desk-attach = garder ce que quelqu’un dit de vous
cli-means-desk-open = ouvrir la porte d’une personne
cli-means-desk-accounts = les comptes
cli-means-desk-account = un compte en détail
cli-means-desk-again = redemander un compte
cli-means-desk-ask = demander des données à une personne
cli-means-desk-inbox = ce qui est à décider, et ce qui est gardé
cli-means-desk-accept = signer ce qui est proposé
cli-means-desk-refuse = ne pas le signer
cli-means-desk-webhook-show = comment votre propre système est averti
cli-means-desk-webhook-set = avertir votre propre système
cli-means-desk-webhook-test = vérifier qu’il entend
cli-means-desk-webhook-rotate = lui donner un nouveau secret
cli-means-desk-webhook-off = ne plus l’avertir
cli-means-verify = vérifier un reçu sans nœud
cli-means-help = cette liste, ou une commande en détail
cli-means-completions = compléter les commandes dans votre shell
cli-means-man = les pages de manuel
