# Ce que la ligne de commande et la page disent toutes deux.

common-yes = oui
common-no = non

chart-energy-title = { $energy } du { $from } au { $to }
chart-energy-description = Le plus : { $most } ({ $most-energy }). Le moins : { $least } ({ $least-energy }).
