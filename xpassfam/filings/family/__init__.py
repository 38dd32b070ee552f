"""What the pages of a family are made of, apart from requests and forms."""
