"""The papers of a filing: what they say, how they are printed, the file that a browser keeps."""
