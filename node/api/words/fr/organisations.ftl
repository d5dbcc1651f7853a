# The rooms of the page in which a person deals with organisations

page-when = { $day }, { $time }
page-days =
    { $count ->
        [one] un jour
       *[other] { $count } jours
    }

# What waits for a desk, and why
page-waiting-door = Votre porte :
page-waiting-answer = Votre réponse pour le compte :
page-waiting-refusal = Votre non :
page-waiting-offer = Votre proposition :
page-waiting-presentation = Ce que vous montrez :
page-waiting-withdrawal = Votre retrait :
page-waiting-closing = La fin du compte :
page-why-desk-not-tried = votre nœud n’y est pas encore allé. Il y va de lui-même.
page-why-desk-unreachable = leur guichet est injoignable. Votre nœud y retourne de lui-même.
page-why-desk-not-opened = la porte n’est pas encore ouverte. Cela prend fin quand le code est utilisé.
page-why-desk-malformed = leur guichet répond quelque chose que votre nœud ne sait pas lire. Il y retourne de lui-même.

# Organisations
page-organisations-kept = Celles auxquelles vous avez affaire
page-organisations-met = Autres noms rencontrés
page-organisation-nameless = Une organisation qui n’a pas encore dit son nom
page-organisation-add-title = Ajouter une organisation
page-organisation-add-why = Elle donne un lien : sur son site, sur une facture, au comptoir. Votre nœud va alors voir qui elle dit être. Elle n’apprend rien sur vous.
page-organisation-add-code = Son lien
page-organisation-add-name = Comment vous l’appelez (facultatif)
page-organisation-add-action = Ajouter
page-organisation-added = C’est noté. Votre nœud va voir qui ils sont ; cela s’affiche ici.
page-organisation-looking = Votre nœud retourne voir qui ils sont.
page-organisation-blocked = Vous n’entendrez plus parler de { $name }. Ses comptes avec vous sont terminés.
page-organisation-unblocked = { $name } peut de nouveau se faire entendre. Ses comptes restent terminés.
page-asks-for =
    { $count ->
        [one] Une information
       *[other] { $count } informations
    } · { $purpose }

# Accounts
page-accounts-title = Votre compte
page-accounts-ended = Comptes terminés
page-account-blocked = Bloquée : votre nœud n’y va plus et n’en reçoit plus rien.
page-account-unseen = Pas encore jointe
page-account-none = Pas de compte
page-account-door = Porte ouverte jusqu’au { $until }
page-account-door-next = Donnez-leur le code vous-même : de la main à la main, par message, au comptoir. Quand ils l’auront utilisé, votre nœud trouvera leur demande à sa prochaine visite. Rien n’est ouvert avant votre oui.
page-account-asked = Demande un compte
page-account-asked-next = Voyez plus bas qui ils disent être. Un compte leur permet de vous demander des choses. Il ne leur donne rien.
page-account-open = Compte ouvert
page-account-open-next = Ils peuvent demander ; vous décidez à chaque fois. Ils ne peuvent pas vous appeler : votre nœud va à leur guichet quand il le décide.
page-account-missing = Refusé par votre nœud. Il manque : { $missing }
page-account-missing-next = Votre nœud a refusé de lui-même, et leur a dit ce qui manque. Cela prend fin quand ils le disent et redemandent.
page-account-refused = Vous avez dit non
page-account-refused-next = Ils reçoivent « refusé », sans raison.
page-account-closed = Compte terminé
page-account-closed-next = Rien de ce que vous avez montré ne peut plus servir. Votre nœud le leur dit et attend leur preuve d’effacement.
page-account-accept = Ouvrir le compte
page-account-refuse = Refuser
page-account-accepted = Le compte chez { $name } est ouvert. Votre nœud le leur dit maintenant.
page-account-declined = C’est noté : non. Vous n’avez pas à vous justifier. { $name } recevra : « refusé ».
page-account-reference = Leur référence
page-account-since = Depuis le
page-account-visited = Dernière visite à leur guichet
page-account-next-visit = Prochaine visite prévue
page-account-visit = Y aller maintenant
page-account-visiting = Votre nœud est en route vers { $name }. Ce qu’il rapporte s’affiche ici.
page-account-end = Mettre fin à ce compte
page-account-end-why = Dès ce moment, ils n’ont plus le droit d’utiliser ce que vous leur avez montré. Votre nœud le leur dit, et attend un mois au plus leur preuve d’effacement.
page-account-end-action = Mettre fin au compte
page-account-ended = Le compte chez { $name } est terminé.

# The door
page-door-why = Pour être client de { $name } à vos conditions, vous ouvrez une porte : un code pour eux seuls. Il ne leur apprend pas votre nom.
page-door-action = Créer une porte
page-door-qr = La porte en code QR
page-code-text = En texte
page-door-once = Elle ne sert qu’une fois, et qu’à cette organisation. Pour une autre, créez-en une autre.
page-door-end = Reprendre la porte
page-door-end-why = Le code ne marche plus. Rien n’a été montré par là.
page-door-end-action = La reprendre

# Who they are
page-sheet-title = Leur état civil
page-sheet-unseen = Leur guichet n’a pas encore été joint. Votre nœud y retourne quand vous le demandez.
page-sheet-whole = Tout ce qui est obligatoire est dit. Reste à voir qui en répond.
page-sheet-lacks = Il manque, bien que ce soit obligatoire : { $missing }. Votre nœud n’ouvre pas de compte sans cela.
page-sheet-mandatory = obligatoire
page-sheet-proven = Prouvé
page-sheet-stated = Leur parole
page-sheet-missing = Non dit
page-sheet-proof = Vérifié par { $name } : { $how }. Valable jusqu’au { $until }.
page-sheet-stranger = { $name } le dit aussi, mais ne fait pas partie de vos connaissances.
page-sheet-subjects = Identifiants
page-sheet-markets = Secteurs
page-sheet-uses = Ils disent utiliser des données pour
page-sheet-terms = Conditions qu’ils signent d’emblée
page-sheet-terms-none = Aucune : quelqu’un décide à chaque fois.
page-sheet-seen = Vu à leur guichet :
page-sheet-never-seen = Pas encore vu.
page-sheet-look = Regarder de nouveau
page-profile-data_location = Lieu des données
page-profile-legal_name = Dénomination légale
page-profile-privacy_contact = Contact pour la vie privée
page-profile-register_number = Numéro au registre
page-profile-seat = Siège
page-profile-tax_country = Pays d’imposition
page-profile-certifications = Certifications
page-profile-complaints = Réclamations
page-profile-emissions = Émissions
page-profile-employees = Effectif
page-profile-equality_index = Index d’égalité
page-profile-mediator = Médiateur
page-profile-owners = Propriétaires
page-profile-responsible = Responsable
page-profile-telephone = Téléphone
page-profile-website = Site web

# Blocking
page-block-title = Bloquer
page-block-open = Je ne veux plus en entendre parler
page-block-why = Votre nœud n’y va plus, met fin à tout compte et le fait savoir.
page-block-action = La bloquer
page-unblock-why = Elle peut redevenir une de vos organisations. Les comptes terminés le restent.
page-unblock-action = La débloquer

# Requests
page-requests-title = Ce qu’ils ont demandé
page-stage-asked = Attend votre réponse
page-stage-offered = Proposé ; pas encore signé
page-stage-agreed = Signé ; en chemin
page-stage-shared = Partagé
page-stage-refused = Refusé
page-stage-lapsed = Délai passé
page-request-their-words = Ce qu’en dit { $name }
page-request-purpose = Pour
page-request-keep = Durée
page-request-recipients = Autres destinataires
page-request-their-terms = Conditions souhaitées
page-request-until = Vous pouvez répondre jusqu’au
page-request-fields = Ce que vous montrez
page-request-fields-were = Ce qui était demandé
page-request-fields-hint = Seul le nécessaire est coché. Rien ne part avant qu’ils aient signé vos conditions.
page-request-value = Votre réponse : { $field }
page-request-said = Vous l’avez déjà dit.
page-request-readings = D’après vos propres relevés, additionnés sur cette machine. Les relevés restent ici.
page-request-identifies = Permet de vous identifier.
page-request-terms = À vos conditions
page-request-terms-others = D’autres conditions
page-request-terms-asked = ce qu’ils souhaitent
page-request-terms-instead = ce qu’ils signeraient
page-request-days = Pendant combien de jours ils peuvent le garder
page-request-remember = Retenir mes réponses, sur cette machine, pour les proposer la prochaine fois
page-request-answer-ticked = Répondre avec ce qui est coché
page-request-leave = En rester là
page-request-next = Ensuite, votre nœud remet vos conditions à { $name }. Si elles sont signées, ce qui est coché n’est montré qu’à eux, et chacun garde un reçu. Sinon, ils n’apprennent rien.
page-request-answered = Vos conditions sont en route. Rien n’est encore montré : ce le sera quand ils auront signé.
page-request-refused = C’est noté : non. Vous n’avez pas à vous justifier. Ils recevront : « demande refusée ». S’ils redemandent la même chose, vous le verrez.
page-request-refused-by-me = Vous avez dit non. Rien n’a été montré à { $name }.
page-request-refused-by-them = { $name } n’a pas signé vos conditions. Rien n’a été montré.
page-request-lapsed = Le délai est passé sans accord. Rien n’a été montré à { $name }.
page-request-alternative = { $name } signerait plutôt :
page-request-alternative-next = Vous pouvez refaire une proposition, à ces conditions ou à d’autres, ou en rester là.
page-request-to-share = Voir ce que vous avez proposé

# To decide
page-decide-account-what = { $name } demande un compte chez vous.
page-decide-account-says = { $name } demande un compte : « { $message } »
page-decide-account-why = Tant que vous ne répondez pas, ils ne peuvent rien vous demander. Cela prend fin avec votre oui ou votre non.
page-decide-account-action = Voir qui ils sont
page-decide-account-other = Refuser
page-decide-request-why = Cela attend votre réponse jusqu’au { $until }. Ensuite c’est fini, et rien n’aura été montré.
page-decide-request-action = Voir la demande
page-decide-request-other = Refuser

# Who knows what
page-knows-matrix = En un coup d’œil
page-knows-nothing = rien
page-knows-line = Depuis le { $since }, jusqu’au { $until }. Pour : { $purpose }. Conditions : { $terms }.
page-knows-story = Toute son histoire
page-knows-allowed = Peut l’utiliser
page-knows-withdrawn = Repris, pas encore annoncé
page-knows-told = Repris et annoncé ; preuve attendue
page-knows-deleted = Dit l’avoir effacé
page-knows-overdue = Preuve d’effacement en retard
page-knows-people = Vos contacts
page-knows-gave = Qui vous a remis des données
page-knows-limit = Ce que d’autres ont appris ailleurs, ce nœud ne peut pas le savoir.
page-knows-recent = Qui sait quoi, dernièrement
page-knows-all = Tout ce qui est connu

# A share
page-share-title = { $name } · { $purpose }
page-share-lent =
    Vous prêtez : { $fields }. { $days ->
        [one] Pendant un jour.
       *[other] Pendant { $days } jours.
    }
page-share-to-request = La demande d’origine
page-life-title = Son histoire
page-life-offered = Proposé
page-life-offered-means = Vous l’avez proposé à { $name }, à vos conditions.
page-life-shown = Montré
page-life-shown-means = { $name } avait signé, et votre nœud l’a montré.
page-life-received = Reçu
page-life-received-means = { $name } a signé le reçu. Chacun de vous le garde.
page-life-due = Fin
page-life-due-means = { $name } doit alors l’effacer sans qu’on le lui demande, et le prouver sous un mois.
page-withdraw-title = Le reprendre
page-withdraw-why = Dès ce moment, { $name } n’a plus le droit d’utiliser ceci. Votre nœud ne peut pas l’effacer chez eux : il le leur demande et attend leur preuve, un mois au plus.
page-withdraw-action = Le reprendre
page-withdrawn = Dès maintenant, { $name } n’a plus le droit d’utiliser ceci. Votre nœud ne peut pas l’effacer chez eux : il le leur demande et attend leur preuve, au plus tard le { $until }.
page-ending-title = Repris : trois faits
page-ending-stopped = Plus permis
page-ending-stopped-means = Depuis, { $name } n’a plus le droit de l’utiliser.
page-ending-told = Annoncé
page-ending-told-means = Leur guichet a reçu votre retrait.
page-ending-not-told = Pas encore annoncé
page-ending-not-told-means = Votre retrait attend d’atteindre le guichet de { $name }. Il compte déjà.
page-ending-awaited = Preuve attendue
page-ending-awaited-means = { $name } a jusqu’au { $until } pour attester que c’est effacé.
page-ending-deleted = Ils disent l’avoir effacé
page-ending-deleted-dropped = { $name } atteste, signature à l’appui, l’avoir retiré de ses données. C’est leur parole, et vous la gardez.
page-ending-deleted-erased = { $name } atteste, signature à l’appui, avoir détruit les clés de ce qui était gardé. C’est leur parole, et vous la gardez.
page-ending-overdue = En retard
page-ending-overdue-means = { $name } aurait dû attester d’ici là que c’est effacé, et ne l’a pas fait. C’est aussi une preuve : gardez le reçu.

# The receipt
page-receipt-title = Reçu de partage
page-receipt-signed = Signé par vous et par { $name }. Les deux signatures sont valables.
page-receipt-broken = Les signatures de ce reçu ne sont pas valables.
page-receipt-when = Signé le
page-receipt-who = Organisation
page-receipt-where = Siège
page-receipt-contact = Contact pour la vie privée
page-receipt-what = Ce qui a été montré
page-receipt-why = Pour
page-receipt-terms = Conditions
page-receipt-days = Pour combien de temps
page-receipt-kept = Où c’est gardé
page-receipt-law = Droit applicable
page-receipt-id = Numéro
page-receipt-download = Télécharger le reçu
page-receipt-note = Le fichier se suffit à lui-même : n’importe qui peut y vérifier les deux signatures. Il dit ce qui a été montré, jamais les valeurs.
page-agreement = Accord
