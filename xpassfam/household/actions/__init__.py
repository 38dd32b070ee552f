"""The only writers of what families change and confirm: a file per matter."""
