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
cli-when = quand
cli-mark-overall = en tout
cli-mark-price = prix
cli-mark-quality = qualité
cli-mark-service = service
cli-mark-honesty = honnêteté
cli-quote = « { $text } »

## Questions

cli-ask-name = Le nom que vos contacts verront (Entrée pour aucun) :
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
cli-invite-large = Le code est trop long pour un QR code dans cette fenêtre. « --qr FICHIER.svg » en fait une image.
cli-invite-file = Le QR code est écrit dans { $file }. Qui le voit peut s’en servir.
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
cli-means-data-list = les relevés que vous gardez
cli-means-data-show = les relevés un par un
cli-means-data-export = emporter les relevés en CSV
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
cli-means-help = cette liste, ou une commande en détail
cli-means-completions = compléter les commandes dans votre shell
cli-means-man = les pages de manuel
