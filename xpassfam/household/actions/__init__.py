"""The only writers of what families decide, change and confirm: a file per matter."""
