# Ce que demandent les organisations, pour quoi, à quelles conditions, et ce qu’il y a à en dire.

# Champs
terms-field-allergies = Allergies
terms-field-bank_statement = Relevé de compte
terms-field-birth_date = Date de naissance
terms-field-birth_place = Lieu de naissance
terms-field-browsing_history = Pages consultées
terms-field-contract_power_kva = Puissance souscrite
terms-field-country = Pays
terms-field-current_operator = Opérateur actuel
terms-field-current_supplier = Fournisseur actuel
terms-field-device_id = Identifiant de l’appareil
terms-field-disability = Handicap
terms-field-driving_licence = Permis de conduire
terms-field-dwelling_area_m2 = Surface du logement
terms-field-dwelling_type = Maison ou appartement
terms-field-electricity_load_curve = Électricité par demi-heure
terms-field-electricity_month_kwh = Électricité sur un mois
terms-field-electricity_year_kwh = Électricité sur un an
terms-field-email = Adresse électronique
terms-field-employer = Employeur
terms-field-ethnicity = Origine
terms-field-family_name = Nom de famille
terms-field-gas_year_kwh = Gaz sur un an
terms-field-gender = Genre
terms-field-given_name = Prénom
terms-field-health_condition = État de santé
terms-field-heating = Chauffage
terms-field-honorific_prefix = Civilité
terms-field-household_size = Personnes au foyer
terms-field-iban = Compte bancaire (IBAN)
terms-field-identity_card = Carte d’identité
terms-field-income = Revenus sur un an
terms-field-interests = Centres d’intérêt
terms-field-job_title = Profession
terms-field-locality = Commune
terms-field-location_history = Lieux où vous étiez
terms-field-medication = Traitements
terms-field-meter_point = Numéro de compteur
terms-field-mobile_data_month_gb = Données mobiles sur un mois
terms-field-nationality = Nationalité
terms-field-passport = Passeport
terms-field-payment_card = Carte de paiement
terms-field-photo = Photo
terms-field-political_opinion = Opinion politique
terms-field-postal_code = Code postal
terms-field-proof_of_address = Justificatif de domicile
terms-field-purchase_history = Achats
terms-field-religion = Religion
terms-field-sexual_orientation = Orientation sexuelle
terms-field-social_security_number = Numéro de sécurité sociale
terms-field-street_address = Numéro et rue
terms-field-tax_notice = Avis d’imposition
terms-field-telephone = Numéro de téléphone
terms-field-trade_union = Syndicat

# De quoi parlent les champs
terms-category-identity = Qui vous êtes
terms-category-contact = Comment vous joindre
terms-category-place = Où vous habitez
terms-category-home = Votre foyer
terms-category-energy = Énergie
terms-category-telecom = Téléphone et Internet
terms-category-money = Argent
terms-category-papers = Papiers officiels
terms-category-work = Travail
terms-category-health = Santé
terms-category-conviction = Origine, convictions, vie privée
terms-category-habits = Habitudes

# Finalités
terms-purpose-quote = Un devis
terms-purpose-contract = Un contrat
terms-purpose-delivery = Une livraison
terms-purpose-billing = Une facture
terms-purpose-support = Une assistance
terms-purpose-identity_check = Une vérification d’identité
terms-purpose-newsletter = Une lettre d’information
terms-purpose-advertising = De la publicité
terms-purpose-profiling = Un profilage
terms-purpose-study = Une étude
terms-purpose-loyalty = Une carte de fidélité
terms-purpose-membership = Une adhésion
terms-purpose-care = Des soins
terms-purpose-administration = Un dossier administratif

# Ce qu’une finalité exige de ce qui est demandé ; vient après le nombre d’informations
terms-needs-quote =
    { $needed ->
        [0] Pour un devis, aucune n’est nécessaire.
        [one] Pour un devis, une seule suffit.
       *[other] Pour un devis, { $needed } suffisent.
    }
terms-needs-contract =
    { $needed ->
        [0] Pour un contrat, aucune n’est nécessaire.
        [one] Pour un contrat, une seule suffit.
       *[other] Pour un contrat, { $needed } suffisent.
    }
terms-needs-delivery =
    { $needed ->
        [0] Pour une livraison, aucune n’est nécessaire.
        [one] Pour une livraison, une seule suffit.
       *[other] Pour une livraison, { $needed } suffisent.
    }
terms-needs-billing =
    { $needed ->
        [0] Pour une facture, aucune n’est nécessaire.
        [one] Pour une facture, une seule suffit.
       *[other] Pour une facture, { $needed } suffisent.
    }
terms-needs-support =
    { $needed ->
        [0] Pour une assistance, aucune n’est nécessaire.
        [one] Pour une assistance, une seule suffit.
       *[other] Pour une assistance, { $needed } suffisent.
    }
terms-needs-identity_check =
    { $needed ->
        [0] Pour une vérification d’identité, aucune n’est nécessaire.
        [one] Pour une vérification d’identité, une seule suffit.
       *[other] Pour une vérification d’identité, { $needed } suffisent.
    }
terms-needs-newsletter =
    { $needed ->
        [0] Pour une lettre d’information, aucune n’est nécessaire.
        [one] Pour une lettre d’information, une seule suffit.
       *[other] Pour une lettre d’information, { $needed } suffisent.
    }
terms-needs-advertising =
    { $needed ->
        [0] Pour de la publicité, aucune n’est nécessaire.
        [one] Pour de la publicité, une seule suffit.
       *[other] Pour de la publicité, { $needed } suffisent.
    }
terms-needs-profiling =
    { $needed ->
        [0] Pour un profilage, aucune n’est nécessaire.
        [one] Pour un profilage, une seule suffit.
       *[other] Pour un profilage, { $needed } suffisent.
    }
terms-needs-study =
    { $needed ->
        [0] Pour une étude, aucune n’est nécessaire.
        [one] Pour une étude, une seule suffit.
       *[other] Pour une étude, { $needed } suffisent.
    }
terms-needs-loyalty =
    { $needed ->
        [0] Pour une carte de fidélité, aucune n’est nécessaire.
        [one] Pour une carte de fidélité, une seule suffit.
       *[other] Pour une carte de fidélité, { $needed } suffisent.
    }
terms-needs-membership =
    { $needed ->
        [0] Pour une adhésion, aucune n’est nécessaire.
        [one] Pour une adhésion, une seule suffit.
       *[other] Pour une adhésion, { $needed } suffisent.
    }
terms-needs-care =
    { $needed ->
        [0] Pour des soins, aucune n’est nécessaire.
        [one] Pour des soins, une seule suffit.
       *[other] Pour des soins, { $needed } suffisent.
    }
terms-needs-administration =
    { $needed ->
        [0] Pour un dossier administratif, aucune n’est nécessaire.
        [one] Pour un dossier administratif, une seule suffit.
       *[other] Pour un dossier administratif, { $needed } suffisent.
    }

# Accords de la liste : un nom, et ce qu’il veut dire
terms-roster-SD-BASE = Le service, rien d’autre
terms-roster-SD-BASE-means = Vous prêtez ce qu’il faut au service : pas de statistiques d’usage, pas de suivi, pas de profilage, personne d’autre.
terms-roster-SD-BASE-DP = Le service, rien d’autre ; retour des données
terms-roster-SD-BASE-DP-means = Vous prêtez ce qu’il faut au service et le récupérez sous une forme utilisable ailleurs : pas de statistiques d’usage, pas de suivi, pas de profilage, personne d’autre.
terms-roster-SD-BASE-A = Le service, avec statistiques
terms-roster-SD-BASE-A-means = Vous prêtez ce qu’il faut au service et acceptez des statistiques d’usage : pas de suivi, pas de profilage, personne d’autre.
terms-roster-SD-BASE-A-DP = Le service, avec statistiques ; retour des données
terms-roster-SD-BASE-A-DP-means = Vous prêtez ce qu’il faut au service, le récupérez sous une forme utilisable ailleurs, et acceptez des statistiques d’usage : pas de suivi, pas de profilage, personne d’autre.
terms-roster-SD-BASE-AT = Le service, avec suivi
terms-roster-SD-BASE-AT-means = Vous prêtez ce qu’il faut au service et acceptez des statistiques d’usage et un suivi : pas de profilage, personne d’autre.
terms-roster-SD-BASE-AT-DP = Le service, avec suivi ; retour des données
terms-roster-SD-BASE-AT-DP-means = Vous prêtez ce qu’il faut au service, le récupérez sous une forme utilisable ailleurs, et acceptez des statistiques d’usage et un suivi : pas de profilage, personne d’autre.
terms-roster-SD-BASE-ATP = Le service, avec profilage
terms-roster-SD-BASE-ATP-means = Vous prêtez ce qu’il faut au service et acceptez des statistiques d’usage, un suivi et un profilage : personne d’autre.
terms-roster-SD-BASE-ATP-DP = Le service, avec profilage ; retour des données
terms-roster-SD-BASE-ATP-DP-means = Vous prêtez ce qu’il faut au service, le récupérez sous une forme utilisable ailleurs, et acceptez des statistiques d’usage, un suivi et un profilage : personne d’autre.
terms-roster-SD-BASE-ATP-S3P = Le service, avec profilage et partage
terms-roster-SD-BASE-ATP-S3P-means = Vous prêtez ce qu’il faut au service et acceptez des statistiques d’usage, un suivi, un profilage et la transmission de ce qui a été rendu entièrement anonyme.
terms-roster-SD-BASE-ATP-S3P-DP = Le service, avec profilage et partage ; retour des données
terms-roster-SD-BASE-ATP-S3P-DP-means = Vous prêtez ce qu’il faut au service, le récupérez sous une forme utilisable ailleurs, et acceptez des statistiques d’usage, un suivi, un profilage et la transmission de ce qui a été rendu entièrement anonyme.
terms-roster-PDC-AI = Un don aux machines qui apprennent
terms-roster-PDC-AI-means = Vous donnez des données pour entraîner et faire tourner une intelligence artificielle, et pour rien d’autre.
terms-roster-PDC-GOOD = Un don à l’intérêt général
terms-roster-PDC-GOOD-means = Vous donnez des données pour l’intérêt général, et pour rien d’autre.
terms-roster-PDC-INTENT = Un appel d’offres
terms-roster-PDC-INTENT-means = Vous dites ce que vous cherchez pour que des offres vous parviennent, et pour rien d’autre.
terms-roster-yours = C’est votre texte : ils l’acceptent tel quel, en choisissent un autre de la liste, ou renoncent.

# Ce que des conditions permettent au-delà du service, dans une liste
terms-use-analytics = statistiques d’usage
terms-use-tracking = suivi
terms-use-profiling = profilage
terms-use-anonymous_sharing = transmission de ce qui a été rendu anonyme
terms-use-ai_training = entraînement d’une intelligence artificielle
terms-use-public_good = travaux d’intérêt général
terms-use-intent_casting = transmission de ce que vous cherchez

# Si un champ est nécessaire
terms-need-needed = Nécessaire
terms-need-useful = Utile, pas nécessaire
terms-need-excess = De trop
terms-need-unknown = Impossible à dire

# Le verdict
terms-verdict-asks =
    { $count ->
        [one] { $vendor } demande une information.
       *[other] { $vendor } demande { $count } informations.
    }
terms-verdict-marked =
    { $excess ->
        [0] Rien d’autre n’est demandé.
        [one] L’autre est marquée.
       *[other] Les { $excess } autres sont marquées.
    }
terms-verdict-all-marked = Toutes sont marquées.
terms-verdict-special = Santé, convictions ou vie privée : la loi exige votre accord exprès.
terms-verdict-before = Déjà demandé le { $date }.
terms-verdict-unknown = Ce nom est le leur : personne ne peut dire ce qu’il recouvre.
terms-verdict-retention = Ils veulent le garder { $days } jours. { $longest } suffiraient.
terms-verdict-others = D’autres le recevraient : { $names }.
terms-verdict-nobody-else = Personne d’autre ne le recevrait.
terms-verdict-uses = Leurs conditions permettent aussi : { $uses }.
terms-verdict-smaller =
    { $needed ->
        [one] Répondre avec une seule
       *[other] Répondre avec { $needed }
    }
terms-verdict-smaller-none = Rien de cela n’est nécessaire : la réponse réduite est non.
terms-verdict-see =
    { $count ->
        [one] Voir ce qui est demandé
       *[other] Voir les { $count }
    }
terms-verdict-refuse = Refuser
