//! A node among people who mean it harm: web pages that speak to its loopback port, programs that speak no HTTP, strangers
//! who dial its network port with rubbish. Nothing of its state changes, every answer is the right one, and it goes on
//! serving whoever it is for.

#[path = "hostile/door.rs"]
mod door;
#[path = "hostile/dressing.rs"]
mod dressing;
#[path = "hostile/forms.rs"]
mod forms;
#[path = "hostile/network.rs"]
mod network;
#[path = "hostile/slow.rs"]
mod slow;
#[path = "hostile/table.rs"]
mod table;
