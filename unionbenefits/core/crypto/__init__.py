"""Sealing of personal data: AES-256-GCM with a key ring, and keyed digests to find sealed values again."""
