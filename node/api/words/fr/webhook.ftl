# What the command line and the page both say of a desk's webhook. Keys begin with `webhook-`.

webhook-none = Aucun webhook : aucun autre système n’apprend ce qui se passe à ce guichet.
webhook-idle = { $taken ->
    [never] Rien ne s’est passé depuis son réglage : il n’a donc encore rien appris.
   *[other] Il a appris tout ce qui s’est passé. Dernier message pris : { $taken }.
}
webhook-sending = { $waiting ->
    [one] Un événement est en chemin.
   *[other] { $waiting } événements sont en chemin.
}
webhook-failing = { $waiting ->
    [one] Un événement attend
   *[other] { $waiting } événements attendent
} : { $why }. Prochain essai : { $next } ; { $left ->
    [0] c’est le dernier
    [one] c’est le dernier
   *[other] après { $left } essais de plus, le premier événement est abandonné
}. Un test réussi envoie tout aussitôt.
webhook-gone = Arrêté ({ $gone }) : le destinataire a répondu qu’il ne veut plus rien (410). Réglez-le de nouveau pour continuer.
webhook-missed = { $count ->
    [one] Un événement n’a jamais été pris, et ne sera plus envoyé.
   *[other] { $count } événements n’ont jamais été pris, et ne seront plus envoyés.
} Les comptes et la réception montrent de quoi il s’agissait.
webhook-overlap = Chaque message porte deux signatures, celle du nouveau secret et celle de l’ancien. Fin de l’ancien : { $until }.
webhook-secret-once = Le secret, montré cette seule fois. Le destinataire en a besoin pour vérifier les signatures, selon Standard Webhooks.
webhook-moved = Il a changé d’adresse, avec son secret et avec ce qui attend.
webhook-taken = Le destinataire a pris le test.

# Why a message was not taken; clauses
webhook-why-unresolved = aucun serveur de noms ne connaît son hôte
webhook-why-unreachable = personne ne répond à son adresse
webhook-why-untrusted = cette machine ne se fie pas à son certificat
webhook-why-late = il n’a pas répondu à temps
webhook-why-broken = sa réponse n’est pas du HTTP
webhook-why-redirect = il renvoie à une autre adresse (statut { $status }), qui n’est pas suivie
webhook-why-gone = il ne veut plus rien (410)
webhook-why-status = il a répondu par le statut { $status }
