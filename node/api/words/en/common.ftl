# Words that the command line and the page share.

common-yes = yes
# How contacts see a person who gave no name.
common-nobody = Somebody
common-no = no

chart-energy-title = { $energy } from { $from } to { $to }
chart-energy-description = Most: { $most } ({ $most-energy }). Least: { $least } ({ $least-energy }).
