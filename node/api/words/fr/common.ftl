# Ce que la ligne de commande et la page disent toutes deux.

common-yes = oui
# How contacts see a person who gave no name.
common-nobody = Quelqu’un
# How an organisation that gave no name is called, until it says one.
common-organisation = Organisation sans nom
common-no = non

chart-energy-title = { $energy } du { $from } au { $to }
chart-energy-description = Le plus : { $most } ({ $most-energy }). Le moins : { $least } ({ $least-energy }).
