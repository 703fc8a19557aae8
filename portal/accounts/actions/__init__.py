"""What people with the right to do so do to accounts; every act is checked, logged and one transaction."""
