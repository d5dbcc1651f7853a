# L’histoire de la démonstration.

demo-start = Trois programmes démarrent sur votre machine : Alice, Bob et Chloé. Aucun serveur.
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
demo-rating = Bob et Chloé notent deux fournisseurs qui n’ont pas de nœud, sous des noms de plume. Chaque mot est signé.
demo-advice = Elle demande conseil sur { $subject } : { $score } sur 100, par { $names } : « { $text } ». Si l’un d’eux mentait, cela bougerait de { $price } points au plus.
demo-restart = Les nœuds d’Alice et de Bob sont tués puis relancés : { $readings } relevés, { $contacts } contacts, { $voices } voix. Rien n’est perdu.
demo-end = C’est tout : pas de compte, pas d’entreprise au milieu, rien en clair sur le disque.
demo-page = À vous. La page d’Alice : { $page } (Ctrl-C efface tout)
demo-cleaned =
    { $count ->
        [0] Il ne restait rien de démonstrations passées.
        [one] Le dossier d’une démonstration passée a été effacé.
       *[other] Les dossiers de { $count } démonstrations passées ont été effacés.
    }
