"""Evidence files: ciphertext in a file store, each under a one-time key that lies elsewhere."""
