SELECT fingerprint FROM code_key
