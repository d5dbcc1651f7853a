# Les sauvegardes, au terminal et sur la page.

cli-backup-made = { $entries ->
    [one] { $entries } élément est sauvegardé
   *[other] { $entries } éléments sont sauvegardés
} dans { $place } ({ $written } écrits).
cli-backup-known = { $count ->
    [one] Une partie y était déjà.
   *[other] { $count } parties y étaient déjà.
}
cli-backup-removed = { $count ->
    [one] Une sauvegarde plus ancienne a été retirée.
   *[other] { $count } sauvegardes plus anciennes ont été retirées.
}
cli-backup-opens = Votre phrase de passe d’aujourd’hui l’ouvre, et les 24 mots aussi.
cli-backup-opens-earlier = La phrase de passe d’une sauvegarde antérieure de ce dossier l’ouvre, et les 24 mots aussi. Le coffre a été ouvert avec les mots : si vous avez changé de phrase de passe depuis, la nouvelle n’ouvre pas cette sauvegarde. Pour y remédier, verrouillez, déverrouillez avec la phrase de passe et faites-en une autre.
cli-backup-words-only = Seuls les 24 mots l’ouvrent : le coffre a été ouvert avec eux et ne connaît pas sa phrase de passe.
cli-backup-elsewhere = Gardez-la loin de cette machine, et essayez-la une fois : « sesame backup drill EMPLACEMENT ».
cli-backup-none = Ce nœud n’a encore fait aucune sauvegarde. « sesame backup create DOSSIER » en fait une.
cli-backup-entries = éléments
cli-backup-checked = vérifiée
cli-backup-place = emplacement
cli-backup-state = état
cli-backup-never = pas encore
cli-backup-state-whole = entière
cli-backup-state-damaged = abîmée
cli-backup-whole = { $count ->
    [one] Chaque octet est tel qu’il a été écrit : une sauvegarde, { $bytes }.
   *[other] Chaque octet est tel qu’il a été écrit : { $count } sauvegardes, { $bytes }.
}
cli-backup-not-whole = { $count ->
    [one] Tout n’est pas tel que cela a été écrit : { $count } sauvegarde lisible, { $bytes }.
   *[other] Tout n’est pas tel que cela a été écrit : { $count } sauvegardes lisibles, { $bytes }.
}
cli-backup-findings-more = { $count ->
    [one] Et un autre ; --json montre tout.
   *[other] Et { $count } autres ; --json montre tout.
}
cli-backup-found-key = L’une des deux copies de sa clé manque ou est abîmée. Rien n’est perdu tant que l’autre est là.
cli-backup-found-copy = L’une des deux copies d’une liste manque ou est abîmée. Rien n’est perdu tant que l’autre est là.
cli-backup-found-list = Les deux copies d’une liste sont abîmées : cette sauvegarde est perdue. Les autres n’en ont pas besoin.
cli-backup-found-no-list = Aucune liste de son contenu n’est lisible. Ce qui est entier peut encore être repris avec « sesame backup restore --partial ».
cli-backup-found-digest = Chaque partie est saine, mais l’ensemble n’est pas ce qui a été sauvegardé. Ne comptez pas sur cette sauvegarde.
cli-backup-found-missing = Une partie manque : { $entries ->
    [one] { $entries } élément est perdu
   *[other] { $entries } éléments sont perdus
} ({ $rooms }).
cli-backup-found-damaged = Une partie est abîmée : { $entries ->
    [one] { $entries } élément est perdu
   *[other] { $entries } éléments sont perdus
} ({ $rooms }).
cli-backup-create-bar = sauvegarde
cli-backup-verify-bar = vérification
cli-backup-restore-bar = restauration
cli-backup-drill-bar = essai
cli-room-self = qui vous êtes
cli-room-circle = votre entourage
cli-room-ratings = les avis
cli-room-data = les relevés et les fichiers
cli-room-organisations = les organisations et les partages
cli-room-facts = ce que vous dites de vous
cli-room-desk = le guichet
cli-room-other = la liste des sauvegardes
cli-backup-restored = { $entries ->
    [one] { $entries } élément est restauré
   *[other] { $entries } éléments sont restaurés
} dans { $home }, dans leur état d’alors : { $at }.
cli-backup-gathered = { $entries ->
    [one] { $entries } élément est restauré
   *[other] { $entries } éléments sont restaurés
} dans { $home } : tout ce qui est entier. Personne ne peut dire ce qui manque, faute de liste lisible.
cli-backup-doubtful = { $count ->
    [one] D’un élément, plusieurs versions ont été trouvées sans que rien ne dise laquelle est la dernière ; l’une d’elles a été prise.
   *[other] De { $count } éléments, plusieurs versions ont été trouvées sans que rien ne dise laquelle est la dernière ; l’une d’elles a été prise.
}
cli-backup-since = Ce qui s’est passé depuis n’y est pas : ce que vous avez partagé ou retiré plus tard, les autres le savent, ce nœud non.
cli-backup-next = Ensuite : « sesame up ». Ne faites jamais tourner l’ancien nœud et celui-ci en même temps.
cli-backup-drilled = { $entries ->
    [one] { $entries } élément a été restauré, comparé, ouvert puis retiré
   *[other] { $entries } éléments ont été restaurés, comparés, ouverts puis retirés
}. La sauvegarde est bonne : { $at }.
cli-backup-by-words = Les 24 mots l’ont ouverte.
cli-backup-by-passphrase = La phrase de passe l’a ouverte.
cli-backup = sauvegarde
cli-status-backup = { $checked ->
    [absent] { $at }, pas encore vérifiée ; { $place }
   *[other] { $at }, vérifiée { $checked } ; { $place }
}
cli-status-backup-none = aucune : « sesame backup create DOSSIER »
cli-help-backup = Les sauvegardes
cli-means-backup-create = faire une sauvegarde
cli-means-backup-list = les sauvegardes faites
cli-means-backup-verify = relire chaque octet d’une sauvegarde
cli-means-backup-restore = refaire un coffre d’une sauvegarde
cli-means-backup-drill = essayer si une sauvegarde se restaure

## La page

page-backup-title = Sauvegardes
page-backup-none = Aucune sauvegarde. Si ce disque lâche, tout est perdu.
page-backup-checked = La dernière sauvegarde a été vérifiée : elle est entière.
page-backup-not-checked = La dernière sauvegarde n’a pas encore été vérifiée.
page-backup-when = Faite le
page-backup-where = Dossier ou fichier
page-backup-found = Vérifiée le
page-backup-never = pas encore
page-backup-place = Un dossier à part sur cette machine, avec son chemin complet, par exemple sur une clé USB
page-backup-make = Faire une sauvegarde maintenant
page-backup-check = Vérifier chaque octet
page-backup-made = { $entries ->
    [one] { $entries } élément est sauvegardé. Gardez la sauvegarde loin de cette machine.
   *[other] { $entries } éléments sont sauvegardés. Gardez la sauvegarde loin de cette machine.
}
page-backup-whole = Chaque octet des sauvegardes qui s’y trouvent est tel qu’il a été écrit.
page-backup-opens-today = La phrase de passe que vous aviez ce jour-là ouvre la plus récente, et les 24 mots aussi.
page-backup-opens-earlier = La phrase de passe d’une sauvegarde antérieure de ce dossier ouvre la plus récente, et les 24 mots aussi : votre coffre était ouvert avec les mots quand elle a été faite. Si vous avez changé de phrase de passe depuis, déverrouillez avec la nouvelle et faites une autre sauvegarde.
page-backup-opens-none = Seuls les 24 mots ouvrent la plus récente : votre coffre était ouvert avec eux quand elle a été faite. Déverrouillez avec la phrase de passe et faites une autre sauvegarde pour qu’elle l’ouvre aussi.
page-backup-note = Essayez une fois si une sauvegarde revient, avec « sesame backup drill » dans un terminal ; « sesame backup restore » la fait revenir sur n’importe quelle machine.
