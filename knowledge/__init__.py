"""What the network knows: edited, citable, public."""
