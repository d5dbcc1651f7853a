# Ce que la ligne de commande et la page disent toutes deux des organisations, comptes, demandes et partages. Les clés
# commencent par `org-`.

org-nameless = l’organisation { $id }

# Ce qu’une organisation dit d’elle-même
org-field-certifications = Certifications
org-field-complaints = Réclamations
org-field-data_location = Lieu des données
org-field-emissions = Émissions
org-field-employees = Effectif
org-field-equality_index = Index d’égalité
org-field-legal_name = Dénomination légale
org-field-mediator = Médiateur
org-field-owners = Propriétaires
org-field-privacy_contact = Contact pour la vie privée
org-field-register_number = Numéro au registre
org-field-responsible = Responsable
org-field-seat = Siège
org-field-tax_country = Pays d’imposition
org-field-telephone = Téléphone
org-field-website = Site web

# De qui c’est la parole : un signe et un mot
org-proven = ◆ prouvé
org-stated = ◇ déclaré
org-missing = ○ absent
org-proven-by = { $by } l’a vérifié ({ $how }) et s’en porte garant jusqu’au { $until }
org-stated-alone = sa propre parole
org-stated-stranger = sa propre parole ; « { $by } », que vous ne connaissez pas, dit l’avoir vérifié
org-missing-mandatory = obligatoire, et non dit

# Où en est un compte
org-account-door = porte créée, pas encore ouverte
org-account-asked = demande le compte
org-account-open = ouvert
org-account-refused = refusé par vous
org-account-missing = refusé par votre nœud
org-account-closed = fermé
org-account-missing-why = Votre nœud a refusé le compte de lui-même : { $vendor } ne dit pas tout ce qui est obligatoire ({ $fields }). L’organisation peut le dire et redemander ; vous n’avez rien à faire.

# Où en est une demande ou un partage
org-stage-asked = attend votre réponse
org-stage-offered = proposé, pas encore signé
org-stage-agreed = signé par les deux, reçu en route
org-stage-shared = partagé
org-stage-refused = refusé
org-stage-lapsed = délai passé

# Où en est ce qui a été montré
org-state-allowed = peut servir
org-state-withdrawn = retiré, pas encore annoncé
org-state-told = retiré et annoncé, preuve attendue
org-state-deleted = dit l’avoir effacé
org-state-overdue = preuve d’effacement en retard
org-deleted-dropped = retiré de ses registres
org-deleted-erased = clés détruites

# Qui a dit non, et pourquoi
org-no = { $who ->
    [me] { $reason ->
        [closed] Terminé avec le compte
       *[other] Vous avez dit non
    }
   *[other] { $reason ->
        [refused] { $vendor } a dit non à vos conditions
        [closed] { $vendor } y a mis fin
        [badsignature] { $vendor } n’a pas pu le vérifier
        [expired] Arrivé trop tard chez { $vendor }
       *[other] { $vendor } ne l’a pas pris
    }
}

# Ce qui attend, pourquoi, et ce qui y mettrait fin
org-waiting = { $what ->
    [door] La porte pour { $vendor } est ouverte
    [answer] Votre réponse attend { $vendor }
    [refusal] Votre refus attend { $vendor }
    [offer] Votre proposition attend { $vendor }
    [presentation] Ce que vous avez accepté de montrer attend { $vendor }
    [withdrawal] Votre retrait attend { $vendor }
    [closing] La fin du compte attend { $vendor }
   *[other] Un pli attend { $vendor }
} depuis le { $since } : { $why ->
    [not_opened] personne ne s’en est encore servi. Cela prend fin quand votre code est utilisé, ou le { $until }
    [malformed] son guichet a répondu quelque chose d’illisible. Votre nœud réessaie tout seul, et abandonne le { $until }
    [unreachable] son guichet ne répond pas. Votre nœud réessaie tout seul, et abandonne le { $until }
   *[other] votre nœud n’est pas allé à son guichet depuis. Il y va tout seul, et abandonne le { $until }
}.

# Le guichet : où en est un compte
org-desk-account-asked = attend la personne
org-desk-account-open = ouvert
org-desk-account-refused = refusé par la personne
org-desk-account-missing = refusé par le nœud de la personne
org-desk-account-closed = fermé par la personne
org-desk-waiting = { $count ->
    [one] Un pli attend { $account } : le nœud de la personne le prend quand il vient.
   *[other] { $count } plis attendent { $account } : le nœud de la personne les prend quand il vient.
}

# Le guichet : où en est une demande
org-desk-stage-asked = attend la personne
org-desk-stage-proffered = conditions proposées : décidez
org-desk-stage-agreed = signé par les deux ; ce qui est convenu n’est pas encore arrivé
org-desk-stage-held = gardé
org-desk-stage-refused = refusé par la personne
org-desk-stage-refused-mine = refusé par vous
org-desk-stage-ended = terminé
org-desk-deleted = effacé ({ $at }) : { $why ->
    [withdrawn] la personne l’a retiré
    [due] le délai était écoulé
    [closed] le compte a pris fin
   *[other] c’était terminé
}
