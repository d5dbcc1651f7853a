# What the command line and the page both say of the vault's health. Keys begin with `care-`, or with `page-care-` and
# `cli-care-` where only one of them says it.

care-health-unchecked = Votre coffre contient { $entries ->
    [one] { $entries } entrée
   *[other] { $entries } entrées
}, { $size }{ $free ->
    [nothing] { "" }
   *[other] , dont { $free } peuvent être libérés
}. Il n’a jamais été vérifié.
care-health-whole = Votre coffre est intact : dernière vérification { $at }, { $entries ->
    [one] { $entries } entrée
   *[other] { $entries } entrées
}, { $size }{ $free ->
    [nothing] { "" }
   *[other] , dont { $free } peuvent être libérés
}.
care-health-weakened = Votre coffre n’a rien perdu, mais la vérification ({ $at }) a trouvé { $count ->
    [one] une trace
   *[other] { $count } traces
} d’un disque qui faiblit : faites maintenant une sauvegarde sur un autre disque, puis voyez « sesame check » ({ $entries } entrées, { $size }{ $free ->
    [nothing] { "" }
   *[other] , { $free } à libérer
}).
care-health-lost = Une partie de votre coffre est perdue : la vérification ({ $at }) a trouvé { $count ->
    [one] un défaut
   *[other] { $count } défauts
}. Copiez le dossier de ce nœud sur un autre disque avant toute autre chose, puis restaurez une sauvegarde, ou sauvez ce qui est intact avec « sesame repair » ; « sesame check » dit ce qui est perdu ({ $entries } entrées, { $size }{ $free ->
    [nothing] { "" }
   *[other] , { $free } à libérer
}).
care-health-fatal = Votre coffre ne se rouvrira plus une fois fermé : la vérification ({ $at }) a trouvé { $count ->
    [one] un défaut
   *[other] { $count } défauts
}. Laissez-le ouvert et exportez ce dont vous avez besoin, copiez le dossier de ce nœud sur un autre disque, puis restaurez une sauvegarde ; « sesame check » dit ce qui est abîmé ({ $entries } entrées, { $size }{ $free ->
    [nothing] { "" }
   *[other] , { $free } à libérer
}).
care-working-check = Votre coffre est en cours de vérification : { $done } sur { $total } jusqu’ici.
care-working-compact = De la place est en train d’être libérée dans votre coffre : { $done } sur { $total } jusqu’ici.

care-checked-unchecked = jamais
care-checked-whole = { $at }, intact
care-checked-weakened = { $at }, rien de perdu, mais le disque faiblit : « sesame check »
care-checked-lost = { $at }, une partie est perdue : « sesame check »
care-checked-fatal = { $at }, il ne se rouvrira plus : « sesame check »

care-report-whole = Le coffre est intact : { $records ->
    [one] { $records } enregistrement, lu et vérifié
   *[other] { $records } enregistrements, tous lus et vérifiés
} ({ $size }).
care-report-weakened = Rien n’est perdu, mais le coffre n’est pas comme il devrait être ({ $size } lus, { $count ->
    [one] { $count } constat
   *[other] { $count } constats
}).
care-report-lost = Une partie du coffre est perdue ({ $size } lus, { $count ->
    [one] { $count } constat
   *[other] { $count } constats
}). Tout le reste se lit : { $records ->
    [one] { $records } enregistrement
   *[other] { $records } enregistrements
}.
care-report-fatal = Le coffre est abîmé et ne s’ouvre pas tel quel ({ $size } lus, { $count ->
    [one] { $count } constat
   *[other] { $count } constats
}).
care-report-erased = Effacés pour de bon, et seulement comptés : { $count ->
    [one] { $count } enregistrement
   *[other] { $count } enregistrements
}.
care-report-more = Et { $count ->
    [one] { $count } autre
   *[other] { $count } autres
}, non listés.

# What a check finds: what, in which part, how much
care-found-transient = { $file } a été mal lu à l’octet { $at }, et bien la seconde fois.
care-found-unreadable = Le disque ne lit pas { $size } de { $file }, à partir de l’octet { $at } : ce qui y était est perdu.
care-found-header = Une copie de ce qui ouvre le coffre ({ $file }) manque ou est abîmée.
care-found-headers-differ = Les deux copies de ce qui ouvre le coffre diffèrent : un changement a été interrompu. La prochaine ouverture le termine.
care-found-rolled-back = Ce qui ouvre le coffre a été remis à un état plus ancien.
care-found-checkpoint = { $file }, qui dit ce que le coffre doit contenir, manque ou est abîmé.
care-found-keys = { $file }, avec les clés de tous les enregistrements, manque, est abîmé ou plus ancien qu’il ne devrait.
care-found-segment = { $file } ({ $size }) manque, ou son début est abîmé.
care-found-short = Il manque à { $file } ses derniers { $size }.
care-found-frames = { $size } de { $file }, à l’octet { $at }, ne correspondent pas à leur sceau : ce qui y était est perdu.
care-found-chain = Dans { $file }, le lot { $batch } ne suit pas ceux d’avant.
care-found-torn = { $size } à la fin n’appartiennent à rien : une écriture interrompue. La prochaine ouverture les écarte.
care-found-leftover = { $file } reste d’un travail interrompu. La prochaine ouverture l’enlève.
care-found-stray = { $file } se trouve dans le dossier du coffre et n’est pas à lui.
care-found-mode = { $file } était ouvert à d’autres sur cette machine (mode { $mode }). Il leur est fermé maintenant.
care-found-index = L’index ne correspond pas. Rien n’est perdu : il est refait à partir du journal.

care-remedy-none = Il n’y a rien à faire.
care-remedy-stray = Regardez-le, et rangez-le ailleurs s’il est à vous.
care-remedy-mode = Cherchez quel programme l’a ouvert ; qui l’a lu n’a que des octets scellés.
care-remedy-weakened = Faites une sauvegarde sur un autre disque, et vérifiez de nouveau dans quelques jours : un second défaut au même endroit ferait perdre quelque chose.
care-remedy-lost = Copiez tout le dossier sur un autre disque avant toute autre chose, puis restaurez une sauvegarde, ou sauvez ce qui est intact avec « sesame repair ».
care-remedy-fatal = Copiez tout le dossier sur un autre disque avant toute autre chose, puis restaurez une sauvegarde, ou sauvez ce qui est intact avec « sesame repair ». Reprendre ce seul fichier d’une ancienne sauvegarde n’aide pas.

# What lies where
care-place-journal = Ce que vous gardez
care-place-keys = Clés des enregistrements
care-place-index = L’index
care-place-header = Ce que la phrase de passe ouvre
care-place-settings = Réglages
care-place-run = Socket et verrou du nœud en marche

cli-check-bar = vérification
cli-compact-bar = libération de place
cli-compact-done = { $freed } libérés : le coffre prenait { $before } et prend { $after }.
cli-repair-reading = lecture de ce qui reste
cli-repair-writing = réécriture
cli-repair-proving = relecture
cli-repair-indexing = création de l’index
cli-repair-complete = Votre coffre est réparé, et rien n’y est perdu : { $entries ->
    [one] une entrée, relue et vérifiée
   *[other] { $entries } entrées, toutes relues et vérifiées
}.
cli-repair-done = Votre coffre est réparé autant qu’il peut l’être : { $entries ->
    [one] il contient une entrée, relue et vérifiée
   *[other] il contient { $entries } entrées, toutes relues et vérifiées
}.
cli-repair-gone = Perdu : { $count ->
    [one] une entrée
   *[other] { $count } entrées
} de ce genre : { $room }.
cli-repair-older = Dans son état d’avant le dernier changement : { $count ->
    [one] une entrée
   *[other] { $count } entrées
} de ce genre : { $room }.
cli-repair-unproven = Coupé pendant l’enregistrement, et laissé de côté : { $count ->
    [one] une entrée
   *[other] { $count } entrées
} de ce genre : { $room }.
cli-repair-self = Une partie de ce qui dit qui vous êtes est perdue. Si le nœud ne s’ouvre plus, restaurez une sauvegarde : « sesame backup restore ».
cli-repair-unnamed = { $count ->
    [one] Une version est illisible, et rien ne dit de quoi elle était : une entrée peut être plus ancienne qu’elle n’en a l’air, ou revenue alors que vous l’aviez retirée.
   *[other] { $count } versions sont illisibles, et rien ne dit de quoi elles étaient : des entrées peuvent être plus anciennes qu’elles n’en ont l’air, ou revenues alors que vous les aviez retirées.
}
cli-repair-end = Ce que vous avez enregistré en dernier avant le dommage peut manquer sans laisser de trace.
cli-repair-kept = Le coffre abîmé est gardé tel quel, dans { $place }. Il a toutes ses clés : ce que vous oublierez désormais s’y lit encore. Supprimez ce dossier quand rien ne vous manque.
cli-repair-next = Lancez maintenant le nœud avec « sesame up », et faites une sauvegarde sur un autre disque : celui-ci est peut-être en train de lâcher.
cli-repair-finished = La réparation interrompue est terminée. Le coffre abîmé se trouve à côté du coffre réparé, avec toutes ses clés : supprimez-le quand rien ne vous manque.
cli-means-repair = sauver tout ce qui est intact d’un coffre abîmé
cli-repair-older-key = Ce qui ouvre le coffre est plus ancien que le reste, et la phrase de passe qui l’ouvre maintenant aussi. Si ce n’est pas la vôtre, changez-la : « sesame key passphrase ».
cli-means-key-rotate = mettre tout le coffre sous de nouvelles clés
cli-rotate-bar = passage aux nouvelles clés
cli-rotated = Tout votre coffre est sous de nouvelles clés, et les anciennes sont détruites : { $entries ->
    [one] une entrée
   *[other] { $entries } entrées
}. Les 24 mots restent les mêmes.
cli-rotated-backups = Les copies et les sauvegardes d’avant s’ouvrent avec ce qui les ouvrait alors : détruisez celles dont vous n’êtes pas sûr. La prochaine sauvegarde demande un dossier à elle.
cli-status-checked = vérifié
cli-means-check = vérifier que le coffre est intact
cli-means-compact = libérer la place qui ne sert plus à rien
cli-means-key-passphrase = changer la phrase de passe
cli-ask-old = Phrase de passe actuelle (ou les 24 mots) :
cli-passphrase-changed = La phrase de passe est changée. L’ancienne n’ouvre plus ce coffre ; les 24 mots, toujours. Les copies d’avant s’ouvrent avec l’ancienne.

page-care-title = Le coffre
page-care-check = Vérifier maintenant
page-care-compact = Libérer la place
page-care-freed = { $freed } libérés : le coffre prenait { $before } et prend { $after }.
page-care-passphrase = Changer la phrase de passe
page-care-passphrase-why = L’ancienne n’ouvrira plus ce coffre ; les 24 mots, toujours. Les sauvegardes et les copies d’avant s’ouvrent encore avec l’ancienne.
page-care-old = Phrase de passe actuelle, ou les 24 mots
page-care-new = Nouvelle phrase de passe
page-care-again = La nouvelle, encore une fois
page-care-change = Changer
page-care-busy = Un instant : elle est étirée pour qu’il soit lent de la deviner.
page-care-changed = La phrase de passe est changée.
page-care-places = Ce qui est où
page-care-place = Fichiers
page-care-path = Où
page-care-sealed = Lisible par d’autres
page-care-is-sealed = non, scellé
page-care-is-clear = en clair
page-care-findings = Ce que la vérification a trouvé
