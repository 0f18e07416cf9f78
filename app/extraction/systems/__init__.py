"""What is known of particular procurement systems. Only ever adds to what is found without knowing the system."""
