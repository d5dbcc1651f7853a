# The page: what surrounds every room
page-skip = Aller au contenu
page-rooms = Pièces
page-shortcuts = Raccourcis
page-more = Plus
page-error-in-title = Problème :
page-changed = Quelque chose a changé ici.
page-refresh = Actualiser
page-fingerprint = Cette page est servie par votre propre nœud. Ses trois mots :
page-to-field = Aller au champ
page-problem-title = Cela n’a pas marché
page-problem-back = Retour à l’accueil
page-as-table = La même chose en tableau
page-how = Comment c’est calculé
page-copy = Copier
page-copied = Copié
page-print = Imprimer
page-missing =
    { $count ->
        [one] un manquant
       *[other] { $count } manquants
    }
page-estimated =
    { $count ->
        [one] un estimé
       *[other] { $count } estimés
    }
page-missing-estimated = { $missing } manquants, { $estimated } estimés
page-readings =
    { $count ->
        [one] un relevé
       *[other] { $count } relevés
    }
page-meter = compteur
page-quantity-electricity = Électricité
page-quantity-gas = Gaz
page-format-edf-30min = EDF, demi-heures
page-format-enedis-load-curve = Enedis, courbe de charge

# Columns
page-column-when = Quand
page-column-energy = Énergie
page-column-note = Remarque
page-column-month = Mois
page-column-this = Cette année
page-column-last = L’année d’avant
page-column-change = Écart
page-column-day = Jour
page-column-present = Présents
page-column-expected = Attendus
page-column-file = Fichier
page-column-imported = Importé le
page-column-organisation = Organisation
page-column-readings = Relevés
page-column-mine = Ma note
page-column-circle = Mon entourage

# Rooms
page-room-home = Accueil
page-room-data = Mes données
page-bar-data = Données
page-room-knows = Qui sait quoi
page-room-organisations = Organisations
page-room-circle = Entourage
page-room-choose = Choisir
page-decide-title = À décider
page-settings-title = Réglages

# Coming in
page-outside-title = Cette page s’ouvre depuis votre terminal
page-outside-why = Elle montre vos données : elle ne laisse donc entrer que la personne qui peut utiliser le terminal de cet ordinateur. Votre session est finie, ou n’a pas commencé.
page-outside-how = Tapez ceci dans un terminal. La page s’ouvre toute seule.
page-outside-note = L’adresse ouverte ne sert qu’une fois, pendant une minute. Une session se ferme après une demi-heure sans usage.
page-stale-title = Ce formulaire vient d’une autre session
page-stale-why = Rien n’a été modifié. La page était ouverte avant le début de votre session, ou le formulaire a été envoyé d’ailleurs.
page-stale-action = Rouvrir la page

# Home
page-state-empty = Tout va bien. Le coffre est ouvert, et encore vide.
page-state-well =
    Tout va bien. { $readings ->
        [one] Un relevé
       *[other] { $readings } relevés
    } dans le coffre, { $linked ->
        [0] personne de relié en ce moment
        [one] une personne reliée en ce moment
       *[other] { $linked } personnes reliées en ce moment
    }.
page-state-waiting =
    Tout va bien. { $waiting ->
        [one] Un pli attend
       *[other] { $waiting } plis attendent
    } quelqu’un d’absent.
page-state-grave = Rien ne part vers { $name } tant que vous n’avez pas comparé six mots.
page-finding-title = Une chose que vous ignorez peut-être
page-finding-always = Jour et nuit, sans arrêt, votre logement consomme au moins { $watts } W : { $year } par an.
page-finding-always-meaning = C’est { $percent } de toute l’électricité que vous consommez.
page-finding-night = Chaque nuit, entre minuit et 6 h, votre logement consomme au moins { $watts } W : { $year } par an.
page-finding-night-meaning = C’est { $percent } de toute l’électricité que vous consommez, à des heures où l’on dort d’habitude.
page-finding-night-how = L’heure la plus calme de chaque nuit complète entre minuit et 6 h, du { $from } au { $to } : { $nights } nuits. Une fois sur deux elle dépasse { $watts } W, une fois sur deux non. Une année, c’est { $hours } heures par jour pendant 365 jours. Ce qui tourne exprès toute la nuit, comme un congélateur, est compté aussi.
page-finding-source = Voir les relevés derrière ce chiffre
page-chart-description = Au plus bas : { $low }, { $lowest }. Au plus haut : { $high }, { $highest }.
page-compare-title = Douze mois
page-compare-less =
    { $percent } de moins que l’année d’avant, sur { $months ->
        [one] un mois complet
       *[other] { $months } mois complets
    } : { $this } contre { $last }.
page-compare-more =
    { $percent } de plus que l’année d’avant, sur { $months ->
        [one] un mois complet
       *[other] { $months } mois complets
    } : { $this } contre { $last }.
page-compare-same =
    Autant que l’année d’avant, sur { $months ->
        [one] un mois complet
       *[other] { $months } mois complets
    } : { $this } contre { $last }.
page-compare-alone =
    { $energy } sur { $months ->
        [one] un mois
       *[other] { $months } mois
    }.
page-compare-description = Au plus bas : { $low }, { $lowest }. Au plus haut : { $high }, { $highest }. ○ signale un mois où des relevés manquent.
page-compare-key = Barres : cette année. Traits : l’année d’avant.
page-next-import-title = Ensuite : faire revenir vos données
page-next-import-why = Votre fournisseur ou le gestionnaire du réseau vous les remet en fichier. Il reste sur cette machine.
page-next-import-action = Choisir un fichier
page-next-invite-title = Ensuite : inviter quelqu’un de confiance
page-next-invite-why = Les conseils viennent de gens que vous connaissez, et de personne d’autre. Une seule personne suffit pour commencer.
page-next-invite-action = Faire une invitation
page-next-rate-title = Ensuite : dire ce que vous pensez d’une organisation
page-next-rate-why = Une note et une phrase. Vos contacts la voient, les inconnus non.
page-next-rate-action = Donner une note
page-next-more-title = Ensuite : une deuxième source
page-next-more-why = Le gestionnaire du réseau relève le même compteur. Deux fichiers côte à côte montrent où ils diffèrent.
page-next-more-action = Choisir un fichier

# To decide
page-decide-lead = Ceci attend votre décision, et celle de personne d’autre.
page-decide-none = Rien n’attend votre décision.
page-decide-none-why = Les organisations qui demandent, les mots à comparer et les fichiers à regarder apparaissent ici quand il y en a.
page-decide-all = Tout ce qui attend
page-decide-words-title = Vos 24 mots
page-decide-words-what = Personne n’a encore vérifié que vous les avez notés.
page-decide-words-why = Sans eux, une phrase oubliée, ce sont des données perdues. Cela prend fin quand vous les avez tapés.
page-decide-words-action = Vérifier les mots
page-decide-draft-what = Ce fichier a été lu et n’est pas encore gardé.
page-decide-draft-why = Il n’est qu’en mémoire, et disparaît au bout d’un quart d’heure.
page-decide-draft-action = Le regarder
page-decide-known-what = Comparez six mots avec { $name }.
page-decide-known-why = Jusque-là, quelqu’un pourrait se faire passer pour { $name }. Un appel suffit.
page-decide-known-action = Voir les mots
page-decide-known-other = Retirer
page-decide-changed-what = La clé de { $name } a changé sans l’annonce habituelle.
page-decide-changed-why = Souvent : un appareil réinstallé. Parfois : quelqu’un se fait passer pour cette personne. Tant que les mots ne sont pas comparés, rien ne part.
page-decide-changed-action = Voir les mots
page-decide-changed-other = Retirer
page-decide-trust-what = { $name } a donné des avis. Combien pèsent-ils pour vous ?
page-decide-trust-why = Tant que vous n’avez pas choisi, ils ne comptent pas dans vos conseils.
page-decide-trust-action = Choisir

# My data
page-data-empty = Il n’y a encore rien ici. Un seul fichier suffit pour commencer.
page-data-series = Ce qui est revenu
page-data-hand-in = Déposer un fichier
page-data-look = Le regarder d’abord
page-data-imports = Fichiers déposés
page-data-where = Où trouver mon fichier ?
page-data-where-edf = EDF : dans votre espace client, rubrique consommation, l’historique par demi-heure en CSV.
page-data-where-enedis = Enedis : dans votre compte, la courbe de charge de votre compteur en CSV. Il faut d’abord y activer son enregistrement.
page-facts-title = Ce que vous avez dit de vous
page-facts-none = Rien encore. Ce que vous notez ici vous est proposé quand une organisation le demande ; rien ne part sans vous.
page-facts-lead = Votre nœud vous le propose quand une organisation le demande. Rien ne part sans vous.
page-fact-since = Dit le { $day }.
page-fact-asked = Demandé en dernier par { $name }, le { $day }
page-fact-unasked = Personne ne l’a encore demandé.
page-fact-edit = Modifier ou oublier
page-fact-change = Garder ceci
page-fact-forget-why = Votre nœud ne le propose plus et ne le montre plus. Qui l’a reçu le garde jusqu’à la date convenue. Dans votre coffre, plus rien ne peut l’ouvrir ; une copie du coffre faite avant le peut encore.
page-fact-forget = Oublier « { $name } »
page-fact-forgotten = Oublié : { $field }. Cela ne vous sera plus proposé.
page-fact-field = De quoi il s’agit
page-fact-own = Quelque chose qui n’est pas dans la liste
page-fact-own-name = Son nom
page-fact-own-hint = Comme l’organisation l’écrit, par exemple loyalty_number. Ce nom passe avant la liste.
page-fact-value = Votre réponse
page-fact-add = Le retenir
page-fact-remembered = Retenu : { $field }. Rien ne part sans vous.
page-file-label = Votre fichier
page-file-hint = Le fichier CSV tel que vous l’avez reçu, jusqu’à 64 Mo. Il est lu sur cette machine.
page-drop-hint = Ou déposez-le ici.
page-sending = Lecture du fichier…
page-look-title = Un regard avant de garder
page-look-over = Rien n’est encore gardé
page-look-lead =
    { $count ->
        [one] Ce fichier contient un nouveau relevé.
       *[other] Ce fichier contient { $count } nouveaux relevés.
    }
page-look-nothing-new = Rien de nouveau dans ce fichier : vous avez déjà tout.
page-look-format = Source
page-look-span = Période
page-look-days = Jours
page-look-readings = Relevés dans le fichier
page-look-new = Nouveaux
page-look-known = Déjà présents
page-look-differing = Avec une autre valeur
page-look-differing-why = les deux sont gardés, le premier compte
page-look-estimated = Estimés par l’organisation
page-look-missing = Manquants
page-look-odd-days = Jours qui diffèrent des autres
page-look-hole = Incomplet
page-look-clock = Changement d’heure : rien ne manque
page-look-keep = Garder
page-look-drop = Ne pas garder
page-look-note = Ce que vous gardez est chiffré sur cette machine. Le fichier lui-même n’est pas conservé.
page-kept =
    { $count ->
        [0] Rien de nouveau dans { $file }.
        [one] Gardé : un relevé de { $file }.
       *[other] Gardé : { $count } relevés de { $file }.
    }
page-dropped = Rien n’a été gardé.

# A series
page-series-title = Relevés
page-series-of = { $quantity }, { $vendor }
page-series-counts = Compte dans les totaux de l’accueil
page-series-sentence = { $energy } du { $from } au { $to }.
page-series-mean = Le graphique montre la moyenne par jour.
page-by = Regrouper par
page-by-month = Mois
page-by-day = Jour
page-by-weekday = Jour de la semaine
page-by-hour = Heure
page-from = Du
page-to = Au
page-show = Afficher
page-csv-totals = Ces totaux en CSV
page-csv-readings = Tous les relevés en CSV
page-svg = Le graphique en fichier

# Who knows what
page-knows-lead = Qui détient quelque chose sur vous, d’après ce que ce nœud peut savoir.
page-knows-empty = Personne pour l’instant, d’après ce qu’il peut savoir. Ce que vous montrez à une organisation apparaît ici, avec sa fin. Importez un fichier, et l’organisation qui l’a produit apparaît aussi.
page-knows-what = Quoi
page-knows-handed-out = Ce qu’ils ont mesuré, ils le savent. Vous en avez une copie depuis qu’ils vous l’ont remise.
page-knows-contact = Ce nœud leur a envoyé
page-knows-card =
    { $count ->
        [0] votre carte
        [one] votre carte et un avis
       *[other] votre carte et { $count } avis
    }
page-knows-name = Le nom sur votre carte :

# Organisations
page-organisations-empty = Aucune pour l’instant. Une organisation apparaît ici quand vous l’ajoutez par son lien, ou dès que son nom est rencontré : dans un fichier, un avis, un conseil de votre entourage.
page-organisations-note = Des noms rencontrés dans un fichier, un avis, un conseil de votre entourage. Ils ne sont distingués que par leur nom.

# Circle
page-circle-empty = Personne pour l’instant. Les conseils viennent de gens que vous connaissez : invitez quelqu’un, ou acceptez une invitation.
page-circle-contacts = Personnes
page-circle-accepted = { $name } apprendra que vous acceptez. En cas d’absence, le pli attend.
page-standing-verified = Vérifié
page-standing-known = Mots non comparés
page-standing-asking = Pas encore de réponse
page-standing-changed = Clé changée
page-linked = en ligne
page-not-linked = hors ligne
page-waiting-count =
    { $count ->
        [one] un pli attend
       *[other] { $count } plis attendent
    }
page-invite-title = Inviter
page-invite-why = Vous remettez un code vous-même : sur papier, par message, ou montré à l’écran.
page-invite-for = Pour qui (vous seul le voyez)
page-invite-action = Faire une invitation
page-invitations = Pas encore acceptées
page-invitation-title = Votre invitation
page-invitation-for = Invitation pour { $name }
page-invitation-lead = Remettez ceci vous-même, à une seule personne.
page-invitation-qr = L’invitation en code QR
page-invitation-code = La même en texte
page-invitation-until = Valable jusqu’au
page-invitation-once = Elle ne sert qu’une fois. Qui la détient peut devenir votre contact : traitez-la comme une clé. Elle n’est affichée que le temps de cette session.
page-invitation-then = Une fois acceptée, vous comparez six mots avec la personne, et le contact est vérifié.
page-invitation-again = Revoir la dernière invitation
page-invitation-nameless = Sans nom
page-accept-title = Accepter une invitation
page-accept-why = Collez le code qu’on vous a remis.
page-accept-code = Code
page-accept-name = Comment vous appelez la personne (facultatif)
page-accept-action = Accepter
page-recommendations =
    { $count ->
        [0] aucun avis reçu
        [one] un avis reçu
       *[other] { $count } avis reçus
    }
page-waiting-title = Ce qui attend, et pourquoi
page-waiting-acceptance = Votre acceptation :
page-waiting-welcome = Votre bienvenue :
page-waiting-update = Votre nouvelle carte :
page-waiting-acknowledgement = Votre accusé de réception :
page-waiting-letter = Un pli :
page-why-unreachable = l’autre nœud est injoignable. Le pli partira quand les deux seront allumés en même temps.
page-why-refused = l’autre nœud l’a refusé. Un nouvel essai suivra.
page-why-not-tried = l’envoi n’a pas encore été tenté. Il partira au prochain essai.
page-waiting-span = Depuis le { $since } ; votre nœud abandonne le { $until }.
page-words-title = Six mots
page-words-compare = Appelez { $name } et lisez-vous ces mots. Vous devez voir les mêmes tous les deux.
page-words-verified = Vous avez comparé ces mots avec { $name }. C’étaient les mêmes.
page-words-changed = La clé de { $name } a changé sans l’annonce habituelle. Souvent : un appareil réinstallé. Parfois : quelqu’un se fait passer pour { $name }. Appelez et comparez ces mots. Jusque-là, rien ne part.
page-words-later = Il y aura des mots à comparer dès que le nœud de { $name } aura répondu.
page-words-other = Si l’autre personne lit l’anglais
page-words-same = Les mots sont les mêmes
page-words-differ = Ils ne sont pas les mêmes
page-verified = { $name } est vérifié.
page-not-verified = C’est noté. Rien ne part vers { $name } tant que les mots ne sont pas les mêmes.
page-trust-title = Le poids de sa parole
page-trust-why = Vous seul le voyez. { $name } n’en saura rien.
page-trust-much = Beaucoup
page-trust-some = Moyennement
page-trust-little = Un peu
page-trust-none = Pas du tout
page-trust-action = Enregistrer
page-trust-saved = Enregistré : la parole de { $name } a maintenant ce poids.
page-remove-title = Retirer
page-remove-why = Vos nœuds ne se parlent plus, et ce que { $name } a dit ne compte plus. { $name } garde ce qui a déjà été reçu.
page-remove-open = Je veux retirer ce contact
page-remove-last = Redevenir contacts demandera une nouvelle invitation.
page-remove-action = Retirer { $name }
page-removed = Le contact a été retiré.
page-identity = Identité

# Choose
page-ask-label = Que dit mon entourage de…
page-ask-hint = Un nom, un domaine comme volta.example, ou un numéro SIREN
page-ask-action = Demander
page-choose-subjects = Ce qui est connu
page-choose-empty = Personne dans votre entourage n’a encore rien dit. Commencez par votre propre note : vos contacts la verront.
page-confidence-none = aucune voix
page-confidence-one = une seule voix
page-confidence-two = deux voix
page-confidence-many = trois voix ou plus
page-price-short =
    un menteur : { $count ->
        [one] 1 point
       *[other] { $count } points
    } au plus
page-price =
    Prix de la manipulation : un contact qui ment pourrait déplacer ce chiffre de { $count ->
        [one] 1 point
       *[other] { $count } points
    } au plus. Les inconnus n’y peuvent rien.
page-score-none-short = personne de confiance ne connaît
page-score-none = Personne à qui vous faites confiance ne connaît cette enseigne.
page-score-none-why = Nous ne remplaçons pas vos proches par des inconnus. Un entourage plus large en sait plus.
page-reasons = Qui le dit
page-reason-part = { $count } % du score
page-reason-nothing = ne compte pas
page-rate-title = Donner une note
page-rate-this = Votre propre note
page-rate-mine = Votre note
page-rate-never-counts = Votre propre note ne compte jamais dans le score que vous voyez.
page-rate-subject = De quoi s’agit-il
page-rate-subject-hint = Un domaine ou un numéro SIREN permet à vos contacts de le trouver. Un simple nom reste sur ce nœud.
page-rate-label = Nom à afficher (facultatif)
page-rate-market = Secteur (facultatif)
page-rate-market-none = Sans secteur
page-rate-marks = Notes de 0 à 100 ; une seule suffit
page-mark-overall = En tout
page-mark-price = Prix
page-mark-quality = Qualité
page-mark-service = Service
page-mark-honesty = Honnêteté
page-rate-text = En quelques mots (facultatif, 500 caractères)
page-rate-audience = Qui le voit
page-rate-contacts = Mes contacts
page-rate-myself = Personne : une note pour moi
page-rate-action = Enregistrer ma note
page-rated = Vos contacts recevront votre note pour { $name }.
page-rated-myself = Noté pour { $name }. Cela reste sur ce nœud.
page-retract = La retirer
page-retracted = Votre note pour { $name } est retirée. Les nœuds de vos contacts en seront informés.
page-ratings-title = Ce que j’ai dit
page-rating-retracted = Retirée le
page-audience-contacts = Vue par mes contacts
page-audience-myself = Une note pour moi

# Settings
page-lock-title = Verrouiller
page-lock-why = Le coffre se ferme et le réseau s’arrête. La phrase le rouvre.
page-lock-action = Verrouiller le coffre
page-leave-why = Ou laissez le coffre ouvert et ne fermez que cette page.
page-leave-action = Fermer la session de cette page
page-language-title = Langue
page-settings-words = Les 24 mots
page-words-are-checked = Vous les avez vérifiés. Avec une sauvegarde, ils ouvrent votre coffre partout.
page-words-are-not-checked = Ils n’ont pas encore été vérifiés. Personne ne peut les réafficher : ils sont là où vous les avez notés.
page-words-typed = Vos 24 mots, dans l’ordre
page-words-check = Vérifier
page-words-right = Ce sont les bons mots. Gardez-les en lieu sûr, sur papier.
page-settings-state = État
page-state-name = Nom sur votre carte
page-state-contacts = Contacts
page-state-journal = Coffre sur le disque
page-state-linked = Reliés en ce moment
page-state-waiting-letters = Plis qui attendent
page-state-version = Version
page-state-since = En marche depuis
page-settings-where = Où sont les choses
page-where-home = Dossier de ce nœud
page-where-page = Cette page
page-where-listening = À l’écoute des contacts
page-where-note = Ce dossier ne contient rien de lisible sans votre phrase.

# Locked and ailing
page-unlock-title = Le coffre est verrouillé
page-unlock-lead = Votre phrase l’ouvre.
page-unlock-fingerprint = Ne la tapez que si ce sont bien les trois mots que votre terminal affiche pour ce nœud :
page-unlock-action = Ouvrir le coffre
page-unlock-busy = Ouverture…
page-passphrase = Phrase de passe
page-passphrase-show = L’afficher
page-passphrase-hide = La masquer
page-forgotten = J’ai oublié la phrase
page-forgotten-why = Tapez les 24 mots à la place, dans l’ordre, séparés par des espaces : ils ouvrent aussi le coffre. Sans la phrase ni les mots, personne, pas même nous, ne peut l’ouvrir. Les données sont alors perdues, et vous pouvez repartir de zéro : vos organisations vous les rendront sur demande.
page-ailing-title = Le coffre ne peut pas être ouvert
page-ailing-lead = Rien n’est modifié tant qu’il est dans cet état.
page-ailing-where = Avant d’essayer quoi que ce soit, copiez ce dossier :

# First run
page-setup-step = Étape { $count } sur 4
page-setup-language-title = Langue
page-setup-passphrase-title = Une phrase de passe pour votre coffre
page-setup-passphrase-lead = C’est la seule clé. Elle n’est conservée nulle part : notez-la.
page-setup-offer = Six mots tirés à l’instant, à utiliser si vous voulez
page-setup-strength = À un million d’essais par seconde, ils tiendraient { $years } ans.
page-setup-another = Tirer d’autres mots
page-setup-passphrase-hint = Les six mots ci-dessus, ou une phrase à vous. Vous pouvez coller.
page-setup-again = Encore une fois
page-setup-name = Votre nom (facultatif)
page-setup-name-hint = Comme vos contacts vous voient. Personne d’autre ne le voit. Pour une organisation : son nom, que tout le monde voit.
page-setup-kind = Ce nœud est
page-setup-kind-person = le mien, comme personne
page-setup-kind-vendor = celui d’une organisation : le guichet où viennent les gens
page-setup-kind-hint = Cela ne change plus. Une machine peut avoir les deux, chacun dans son dossier.
page-setup-make = Créer mon coffre
page-setup-busy = Création du coffre…
page-setup-lost = Si vous la perdez, les 24 mots qui viendront plus tard ouvrent aussi le coffre. Sans l’un ni l’autre, personne ne le peut.
page-setup-import-title = Faire revenir quelque chose
page-setup-import-lead = Vos relevés d’électricité, par exemple. Dans une minute, vous saurez sur votre logement une chose que vous ignoriez.
page-setup-import-later = Continuer sans fichier
page-setup-finding-title = Votre première découverte
page-setup-finding-none = Rien à dire pour l’instant
page-setup-finding-private = Calculé sur cette machine. Personne d’autre n’a vu un seul relevé.
page-setup-finding-too-little = Il faut au moins deux semaines de relevés pour une découverte.
page-setup-another-file = Déposer un autre fichier
page-setup-to-words = Passer aux 24 mots
page-setup-words-title = Vos 24 mots
page-setup-words-lead = Écrivez-les sur papier, dans l’ordre. Ils ouvrent le coffre si vous oubliez la phrase.
page-setup-words-how = Ni photo ni fichier : qui les lit peut ouvrir une copie de votre coffre. Ils sont affichés jusqu’à ce que vous les ayez vérifiés, puis plus jamais.
page-setup-words-done = Je les ai notés
page-setup-words-later = Plus tard : le nœud vous le rappellera
page-setup-words-back = Revoir les mots
page-setup-check-title = Trois de vos mots
page-setup-check-lead = Tapez-les d’après votre papier.
page-setup-word = Mot { $count }
