"""Rules, facts and answers in words that families read: `rules` says what is asked, `facts` what is known of whom,
`answers` what comes out, why, and what would change it."""
