# Les données : ce qu’une personne garde d’elle-même, et comment le retrouver. « record-… » se dit dans le terminal et sur la
# page, « cli-… » dans le terminal, « page-… » sur la page.

record-kind-fact = informations
record-kind-event = événements
record-kind-paper = papiers
record-kind-conclusion = déductions
record-kind-organisation = organisations
record-kind-contact = entourage
record-kind-import = imports
record-says-me = moi
record-says-import = un fichier importé
record-special = donnée sensible
record-part-name = nom
record-part-text-fact = valeur
record-part-text-event = ce qui s’est passé
record-part-text-paper = titre
record-part-text-conclusion = déduction
record-part-on = jour
record-part-organisation = organisation
record-part-organisation-conclusion = qui l’a tirée
record-part-basis = tirée de
record-part-file = fichier
record-part-says = qui le dit
record-part-at = noté
record-part-device = appareil
record-part-import = venu de l’import
record-part-credential = venu de l’attestation
record-file = { $name }, { $bytes ->
    [one] un octet
   *[other] { $bytes } octets
}

record-held = { $count ->
    [one] Une sauvegarde a été faite après que cela a été noté et peut encore le montrer : { $backups }. Faites une nouvelle sauvegarde et détruisez celle-là ; dans le même dossier, « sesame backup create --keep 1 DOSSIER » fait les deux.
   *[other] { $count } sauvegardes ont été faites après que cela a été noté et peuvent encore le montrer : { $backups }. Faites une nouvelle sauvegarde et détruisez celles-là ; dans le même dossier, « sesame backup create --keep 1 DOSSIER » fait les deux.
}
record-held-one = { $place }, { $day }
record-held-more = { $count ->
    [one] une de plus
   *[other] { $count } de plus
}

cli-record-special-ask = C’est une donnée sensible, comme la santé ou les convictions : la loi la protège davantage, et votre nœud aussi. Continuer quand même ? [o/N]
cli-record-kept = Gardé sous le nom { $name }. « sesame data show { $name } --history » le montre avec son historique.
cli-record-corrected = { $name } est corrigé. Ce qu’il y avait avant reste dans son historique.
cli-record-kept-special = Gardé sous le nom { $name }, dans le tiroir des données sensibles : sans --special, cela n’est ni listé, ni trouvé, ni proposé.
cli-record-history = Ce qu’il y avait avant
cli-record-history-none = Il n’y a jamais rien eu d’autre.
cli-record-more = Il y en a d’autres : la même commande continue avec --before { $name }.
cli-record-versions = versions
cli-find-none = Rien ne contient ces mots. Chaque mot doit commencer un mot de ce qui est trouvé ; une donnée sensible ne se trouve qu’avec --special.
cli-forgotten = { $erased ->
    [yes] Oublié : { $name }. Dans ce coffre, plus rien ne peut l’ouvrir ; une copie du coffre faite avant le peut encore, et qui l’a reçu le garde comme convenu.
   *[no] Oublié : { $name }. Ce n’est pas encore effacé, car le disque est plein ou en partie illisible : votre nœud réessaie, et « sesame check » dit lequel des deux.
}
cli-forgotten-earlier = { $erased ->
    [yes] Ce que { $name } disait avant est oublié. Dans ce coffre, plus rien ne peut l’ouvrir ; une copie du coffre faite avant le peut encore.
   *[no] Ce que { $name } disait avant est oublié. Ce n’est pas encore effacé, car le disque est plein ou en partie illisible : votre nœud réessaie, et « sesame check » dit lequel des deux.
}
cli-forgotten-readings = Relevés partis avec : { $readings }.
cli-forgotten-kept = { $readings ->
    [one] Un relevé reste : un autre fichier de la même source touche son mois, et on ne sait plus les distinguer.
   *[other] { $readings } relevés restent : un autre fichier de la même source touche leurs mois, et on ne sait plus les distinguer.
}
cli-exported = Tout ce que votre coffre garde de vous est dans { $folder } : { $files ->
    [one] un fichier
   *[other] { $files } fichiers
}, illisibles pour les autres. Rien n’y est scellé.
cli-exported-lost = Laissés de côté, car une partie en est perdue depuis que le coffre a été abîmé : { $count ->
    [one] un fichier
   *[other] { $count } fichiers
}. manifest.json les nomme.
cli-exported-special = Les données sensibles sont laissées de côté ; --special les emporte.
cli-means-data-edit = corriger une donnée ; son historique reste
cli-means-data-find = retrouver quelque chose par ses mots

page-records-title = Tout ce que vous gardez
page-records-to = Tout ce que vous gardez, avec son historique
page-records-none = Rien encore. Gardez un contrat avec ses dates, ou ce qui s’est dit au téléphone : ses mots le feront retrouver.
page-records-next = Voir la suite
page-find-words = Retrouver par les mots
page-find-hint = Les accents et les majuscules ne comptent pas. Les organisations, les personnes et les fichiers importés se retrouvent aussi.
page-find-more = Préciser
page-find-from = Du
page-find-to = Au
page-find-special = Regarder aussi dans le tiroir des données sensibles
page-find-action = Chercher
page-find-none = Rien ne contient ces mots. Chacun doit commencer un mot de ce qui est trouvé.
page-record-new = Garder quelque chose
page-record-new-why = Cela reste dans votre coffre et n’est donné à personne sans vous. Ce qui répond à une question, comme votre adresse, a sa place à part :
page-record-kind = Ce que c’est
page-record-kind-event = Quelque chose qui s’est passé
page-record-kind-paper = Un contrat, une facture, une garantie
page-record-kind-conclusion = Ce que quelqu’un a déduit de vous
page-record-text = Ce que cela dit
page-record-on = Le jour, sous la forme année-mois-jour ; pour un événement, avec l’heure si vous voulez (2026-02-03T14:30)
page-record-organisation = L’organisation ; pour une déduction, qui l’a tirée
page-record-days = Les jours qui comptent pour un papier, un par ligne
page-record-days-example = préavis = 2027-03-01
page-record-basis = De quoi une déduction a été tirée
page-record-says = Qui le dit, si ce n’est pas vous
page-record-special = Cela touche à la santé, à l’origine, aux convictions, au syndicat, à la vie sexuelle ou à la biométrie : le garder quand même
page-record-special-why = La loi protège davantage ces données (RGPD, article 9). Elles vont dans un tiroir à part : ni listées, ni trouvées, ni proposées, sauf si vous le demandez.
page-record-keep = Garder
page-record-kept = C’est gardé.
page-record-corrected = C’est corrigé. Ce qu’il y avait avant reste dans l’historique.
page-record-history = Historique
page-record-history-none = Il n’y a jamais rien eu d’autre.
page-record-correct = Corriger
page-record-correct-action = Garder ceci
page-record-file = Enregistrer le fichier
page-record-forget = Oublier
page-record-forget-why = Dans votre coffre, plus rien ne pourra l’ouvrir ; une copie du coffre faite avant le pourra encore. Qui l’a reçu le garde jusqu’au jour convenu.
page-record-forget-earlier = Oublier ce qu’il y avait avant
page-record-forget-whole = Oublier tout
page-record-erased = Oublié. Dans votre coffre, plus rien ne peut l’ouvrir.
page-record-forgotten = Oublié. Ce n’est pas encore effacé, car le disque est plein ou en partie illisible : votre nœud réessaie, et « sesame check » dit lequel des deux.
page-record-shut = C’est une donnée sensible : la loi la protège davantage, et votre nœud aussi. Elle ne s’ouvre que si vous le dites.
page-record-open = Ouvrir
page-import-forget = Oublier « { $name } »
page-import-forget-why = Oublier un fichier emporte ses relevés. Quand un autre fichier de la même source touche le même mois, les relevés de ce mois restent : on ne sait plus les distinguer.
page-import-erased = { $kept ->
    [0] Oubliés : le fichier et { $readings } relevés. Dans votre coffre, plus rien ne peut les ouvrir.
   *[other] Oubliés : le fichier et { $readings } relevés. Dans votre coffre, plus rien ne peut les ouvrir. { $kept } relevés restent : un autre fichier touche leurs mois.
}
page-import-forgotten = { $kept ->
    [0] Oubliés : le fichier et { $readings } relevés. Ce n’est pas encore effacé, car le disque est plein ou en partie illisible : votre nœud réessaie, et « sesame check » dit lequel des deux.
   *[other] Oubliés : le fichier et { $readings } relevés ; { $kept } restent, car un autre fichier touche leurs mois. Ce n’est pas encore effacé, car le disque est plein ou en partie illisible : votre nœud réessaie, et « sesame check » dit lequel des deux.
}
page-special-title = Santé, origine, convictions
page-special-sure = Je veux garder ceci bien que ce soit sensible
