# Words that the command line and the page share.

common-yes = yes
# How contacts see a person who gave no name.
common-nobody = Somebody
# How an organisation that gave no name is called, until it says one.
common-organisation = Organisation without a name
common-no = no

chart-energy-title = { $energy } from { $from } to { $to }
chart-energy-description = Most: { $most } ({ $most-energy }). Least: { $least } ({ $least-energy }).
