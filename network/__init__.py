"""Who works together in the network, what they tell each other, what they measure."""
