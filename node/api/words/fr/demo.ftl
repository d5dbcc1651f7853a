# L’histoire de la démonstration.

demo-start = Cinq programmes démarrent sur votre machine : Alice, Bob, Chloé, et deux fournisseurs d’électricité. Aucun serveur.
demo-import =
    Alice dépose deux ans de son compteur : { $readings } demi-heures sur { $days } jours, { $clock-changes ->
        [one] un changement d’heure compris
       *[other] { $clock-changes } changements d’heure compris
    } ; les { $missing } qui manquent sont nommées.
demo-sealed = Tout est chiffré. On cherche « Alice », « EDF », une date dans { $bytes } Kio de ses fichiers : aucune trace.
demo-finding-always = Ce qu’elle ne savait pas : jour et nuit, sans interruption, quelque chose consomme { $watts } W chez elle. Cela fait { $energy } par an, { $percent } % de tout ce qu’elle consomme.
demo-finding-night = Ce qu’elle ne savait pas : chaque nuit, entre minuit et 6 h, quelque chose consomme { $watts } W chez elle. Ces heures-là font { $energy } par an, { $percent } % de tout ce qu’elle consomme.
demo-contact = Alice et { $name } se rencontrent par un lien qui ne sert qu’une fois. Les deux voient les mêmes six mots : { $words }.
demo-said-good = des factures claires, et quelqu’un répond
demo-said-fair = deux fois le mauvais compteur
demo-said-bad = neuf semaines pour une facture
demo-rating = Bob et Chloé notent les deux fournisseurs, sous des noms de plume. Chaque mot est signé.
demo-advice = Elle demande conseil sur { $subject } : { $score } sur 100, par { $names } : « { $text } ». Si l’un d’eux mentait, cela bougerait de { $price } points au plus.
demo-refusal = { $name } ne dit pas où il paie ses impôts : le nœud d’Alice n’ouvre pas de compte, et lui dit pourquoi. Personne n’a eu à décider.
demo-account = { $name } dit tout ce qu’il doit. Il obtient un compte, sous des clés que personne d’autre ne verra. Il ne peut pas l’appeler : le nœud d’Alice passe quand il veut.
demo-request = { $name } demande { $count } informations, pour { $days } jours. Un devis en demande { $needed } ; { $excess } n’ont rien à y faire, et { $most } jours suffisent.
demo-share = Alice en donne une, tirée de ses relevés : { $value } le mois dernier. À ses conditions, pour { $days } jours, et seulement quand { $name } les a signées.
demo-receipt = Les deux gardent le même reçu, avec { $signatures } signatures. N’importe qui peut le vérifier : sans nœud, sans réseau.
demo-withdrawal = Alice change d’avis : dès maintenant, { $name } n’a plus le droit de s’en servir.
demo-deletion = { $name } l’a effacé, et le signe. (S’il ne l’avait pas fait, son silence serait noté.)
demo-restart = Les nœuds d’Alice et de Bob sont tués puis relancés : { $readings } relevés, { $contacts } contacts, { $voices } voix. Rien n’est perdu.
demo-end = C’est tout : pas de compte, pas d’entreprise au milieu, rien en clair sur le disque.
demo-page = À vous. La page d’Alice : { $page } (Ctrl-C efface tout)
demo-cleaned =
    { $count ->
        [0] Il ne restait rien de démonstrations passées.
        [one] Le dossier d’une démonstration passée a été effacé.
       *[other] Les dossiers de { $count } démonstrations passées ont été effacés.
    }
