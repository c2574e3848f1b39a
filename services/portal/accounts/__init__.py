"""How somebody proves who they are, and stays signed in."""
