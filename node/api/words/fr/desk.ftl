# The desk: the rooms of an organisation

page-room-accounts = Comptes
page-room-inbox = Réception
page-room-attestations = Attestations
page-room-profile = Notre état civil

# Accounts
page-desk-empty = Pas encore de compte. Une personne qui en veut un ici crée une porte sur son propre nœud, et vous en remet le code.
page-desk-lacks = Il manque encore : { $missing }. Les nœuds des personnes n’ouvrent pas de compte sans cela.
page-desk-to-profile = Compléter
page-desk-first = Revenir au début
page-desk-more = Comptes suivants
page-desk-nameless = Compte { $id }
page-desk-asked = Demandé ; la personne n’a pas répondu
page-desk-open = Ouvert
page-desk-refused = La personne a dit non
page-desk-missing = Refusé par le nœud de la personne. Il manque : { $missing }
page-desk-closed = Terminé par la personne
page-desk-open-title = Ouvrir une porte
page-desk-open-why = Collez le code qu’une personne vous a remis. Votre demande attend ici que son nœud vienne la chercher : un guichet n’appelle personne.
page-desk-open-code = Code
page-desk-open-name = Comment vous appelez ce compte (la personne ne le voit pas)
page-desk-open-message = Ce que la personne lit
page-desk-open-reference = Votre référence, comme un numéro de client (facultatif)
page-desk-open-action = Demander le compte
page-desk-opened = Votre demande attend le nœud de la personne. Il vient quand il le décide.
page-desk-visited = Dernier passage du nœud de la personne
page-desk-never = pas encore
page-desk-waiting = Plis qui attendent
page-desk-waiting-why = Le nœud de la personne vient les prendre, quand il le décide.
page-desk-requests = Ce qui a été demandé
page-desk-again-title = Redemander
page-desk-again-why = Quand vous avez dit ce qui manquait, ou si la première demande s’est perdue.
page-desk-again-action = Redemander
page-desk-asked-again = Votre demande attend de nouveau le nœud de la personne.

# Asking for data
page-desk-ask-title = Demander des données
page-desk-ask-why = Le nœud de la personne compare chaque information à la finalité et marque ce qui n’est pas nécessaire. Qui demande peu l’obtient plus vite.
page-desk-ask-purpose = Pour quoi
page-desk-ask-purpose-none = Choisir
page-desk-ask-fields = Ce que vous demandez
page-desk-group-identity = Identité
page-desk-group-contact = Coordonnées
page-desk-group-place = Domicile
page-desk-group-home = Foyer
page-desk-group-energy = Énergie
page-desk-group-telecom = Téléphone et Internet
page-desk-group-money = Argent
page-desk-group-papers = Papiers officiels
page-desk-group-work = Travail
page-desk-group-health = Santé
page-desk-group-conviction = Origine, convictions, vie privée
page-desk-group-habits = Habitudes
page-desk-ask-own = Autre chose
page-desk-ask-own-hint = Des noms à vous, comme loyalty_number, séparés par des virgules. Personne ne peut dire s’ils sont nécessaires.
page-desk-ask-words = Pourquoi, avec vos mots
page-desk-ask-days = Nombre de jours pendant lesquels vous voulez le garder
page-desk-ask-terms = Conditions souhaitées
page-desk-ask-recipients = Qui d’autre le recevrait (facultatif)
page-desk-ask-recipients-hint = Un par ligne, comme siren:552081317 ou domain:partenaire.example.
page-desk-ask-action = Demander
page-desk-asked-data = Votre demande attend le nœud de la personne.
page-desk-asked-for =
    Demandé : { $fields }, pendant { $days ->
        [one] un jour
       *[other] { $days } jours
    }.
page-desk-offered =
    Proposé : { $fields }, pendant { $days ->
        [one] un jour
       *[other] { $days } jours
    }, à ces conditions : { $terms }.
page-desk-allows = Elles permettent, au-delà du service : { $uses }.
page-desk-allows-nothing = Elles ne permettent rien au-delà du service.
page-desk-stage-asked = Pas encore de réponse
page-desk-stage-proffered = Attend votre signature
page-desk-stage-agreed = Signé ; en chemin
page-desk-stage-held = Gardé
page-desk-stage-refused = Refusé
page-desk-stage-ended = Terminé
page-desk-no-ours = Vous n’avez pas signé. Rien n’a été montré.
page-desk-no-theirs = La personne a dit non. Rien n’a été montré.
page-desk-lapsed = Le délai est passé. Rien n’a été montré.
page-desk-deleted-withdrawn = La personne l’a repris. C’est effacé ; la preuve l’attend, ou lui a déjà été remise.
page-desk-deleted-due = Le délai était écoulé. C’est effacé ; la preuve attend la personne, ou lui a déjà été remise.
page-desk-deleted-closed = La personne a mis fin au compte. C’est effacé.

# Deciding
page-desk-decide-none-why = Les conditions que des personnes proposent et que vous ne signez pas d’emblée apparaissent ici.
page-desk-alternative = Conditions qui conviendraient, si vous ne signez pas (facultatif)
page-desk-alternative-none = Aucune
page-desk-sign = Signer ces conditions
page-desk-do-not-sign = Ne pas signer
page-desk-signed = Signé. Le nœud de la personne montrera ce qui est convenu à sa prochaine visite.
page-desk-not-signed = Non signé. La personne le lira à la prochaine visite de son nœud.

# Inbox
page-desk-inbox-lead = Ce que vous gardez, l’échéance la plus proche d’abord. À cette date, tout s’efface automatiquement, avec une preuve signée.
page-desk-inbox-empty = Vous ne gardez rien.
page-desk-clock =
    S’efface automatiquement le { $until }, { $days ->
        [0] d’ici un jour
        [one] dans un jour
       *[other] dans { $days } jours
    }.

# Who we are
page-desk-whole = C’est dit et publié : les nœuds des personnes peuvent ouvrir un compte ici.
page-desk-link-title = Le lien à donner
page-desk-link-why = Sur votre site, sur vos factures, au comptoir. Il est public, et le même pour tous.
page-desk-link-qr = Le lien en code QR
page-desk-link-none = Il apparaît dès que le nœud est à l’écoute.
page-desk-profile-title = Ce que vous dites de vous
page-desk-is-published = Publié : quiconque visite le guichet le voit, signé par vous.
page-desk-not-published = Pas encore publié.
page-desk-name = Nom
page-desk-mandatory = Obligatoire
page-desk-optional = Ce qui vous rend plus facile à choisir
page-desk-subjects = Identifiants
page-desk-subjects-hint = Un par ligne, comme siren:552081317 ou domain:volta.example.
page-desk-markets = Secteurs
page-desk-terms = Conditions que vous signez d’emblée
page-desk-terms-hint = Pour toutes les autres, vous décidez à chaque fois.
page-desk-uses = À quoi vous servent les données
page-desk-publish = Publier
page-desk-published = Publié. Quiconque visite le guichet le voit.
page-desk-published-lacking = Publié, mais il manque quelque chose d’obligatoire : les nœuds des personnes n’ouvrent pas encore de compte.
page-desk-attestations = Ce que d’autres disent de vous
page-desk-attestations-why = Quelqu’un qui a vérifié l’une de ces choses vous remet un code. Aux yeux de qui le connaît, votre parole devient prouvée.
page-desk-attach-code = Code
page-desk-attach = Le joindre
page-desk-attached = Joint. Quiconque visite le guichet le voit.
page-desk-attestations-none = Personne ne l’a encore fait.
page-desk-attested =
    { $count ->
        [0] Personne ne répond encore de ce que vous dites.
        [one] Une information est attestée par quelqu’un d’autre.
       *[other] { $count } informations sont attestées par d’autres.
    }

# Attestations
page-attest-lead = Ce que quelqu’un a vérifié chez une organisation, signé, valable jusqu’à une date. Cela convainc qui connaît le signataire.
page-attest-others = Ce que vous dites des autres
page-attest-none = Rien encore. Choisissez une organisation ci-dessous et dites ce que vous avez vérifié.
page-attest-about = Attester quelque chose
page-attest-about-why = Choisissez l’organisation, ou ajoutez-en une par son lien.
page-attest-link = Lien de l’organisation
page-attest-link-hint = Il figure sur son site ou ses papiers, et commence par SESAME:L1.
page-attest-add = La regarder
page-attest-added = Votre nœud passe à leur guichet. Ce qu’ils disent d’eux sera ici dans un instant.
page-attest-looking = Votre nœud repasse à leur guichet.
page-attest-yours = Ce dont vous répondez
page-attest-title = Attester que c’est vrai
page-attest-why = Vous répondez d’une seule chose qu’ils disent d’eux, mot pour mot comme elle est ici. S’ils la changent, votre attestation ne dit rien de la nouvelle.
page-attest-field = Ce que vous avez vérifié
page-attest-how = Comment vous l’avez vérifié
page-attest-how-hint = En une phrase que tout le monde comprend : « Vu au registre du commerce le 3 mai. »
page-attest-days = Pendant combien de jours vous en répondez
page-attest-public = C’est public : votre nom y figure, avec la clé par laquelle votre entourage vous connaît, pour quiconque regarde leur guichet. Ils y apprennent votre nom. Une attestation ne se reprend pas, elle prend fin.
page-attest-public-desk = C’est public : votre nom et votre clé y figurent, pour quiconque regarde leur guichet. Une attestation ne se reprend pas, elle prend fin.
page-attest-action = Signer
page-attest-made = C’est signé. Cela compte dès qu’ils le montrent : remettez-leur le code.
page-attest-unseen = Leur guichet n’a pas encore été joint : il n’y a rien à attester. Regardez de nouveau dans un instant.
page-attest-silent = Ils ne disent encore rien d’eux : il n’y a rien à attester.
page-attest-seen = Ce qu’ils disent d’eux
page-attest-head = { $name } : { $field }
page-attest-how-was = Vérification :
page-attest-live = En vigueur
page-attest-live-means = Vous en répondez jusqu’au { $until }.
page-attest-changed = Ne correspond plus
page-attest-changed-means = { $name } dit maintenant autre chose, dont vous ne répondez pas. Fin le { $until }.
page-attest-ended = Terminée
page-attest-ended-means = Depuis le { $until }, elle ne compte plus.
page-attest-hand = La remettre
page-attest-hand-why = Donnez-la à l’organisation, par courriel ou sur papier. Elle joint le code à son propre guichet, si elle le veut.
page-attest-qr = L’attestation en code QR
page-attest-file = Enregistrer en fichier

# Webhook
page-webhook-title = Votre propre système
page-webhook-lead = Un webhook avertit un système à vous que quelque chose s’est passé ici, pour qu’il n’ait pas à demander sans cesse.
page-webhook-what = Un message dit ce qui s’est passé, dans quel compte et pour quelle demande. Il ne contient ni valeur ni nom : votre système va chercher au guichet ce qu’il lui faut.
page-webhook-state = Où il en est
page-webhook-address = Adresse
page-webhook-address-hint = En https, où que ce soit ; en http, sur cette machine seulement.
page-webhook-set-title = Où votre système écoute
page-webhook-set = L’avertir désormais
page-webhook-move = Changer l’adresse
page-webhook-move-why = Le secret et ce qui attend la suivent.
page-webhook-saved = C’est réglé. Votre système apprend désormais ce qui se passe.
page-webhook-secret = Secret
page-webhook-test-title = Essai
page-webhook-test-why = Envoie un message qui ne dit rien. S’il est pris, ce qui attend suit aussitôt.
page-webhook-test = Envoyer un essai
page-webhook-rotate-title = Nouveau secret
page-webhook-rotate-why = Si quelqu’un a pu le voir. L’ancien signe encore pendant un jour, le temps que votre système change.
page-webhook-rotate = Faire un nouveau secret
page-webhook-rotated = Il y a un nouveau secret.
page-webhook-off-title = Arrêter
page-webhook-off-why = Plus rien n’est envoyé, et ce qui attend est abandonné. Le secret est oublié.
page-webhook-off = Arrêter
page-webhook-is-off = Arrêté. Ce qui attendait est abandonné.
page-webhook-since = Averti depuis
page-webhook-taken = Dernier message pris
page-webhook-failed = Dernier échec
page-webhook-never = pas encore
page-webhook-to = Avertir votre propre système
