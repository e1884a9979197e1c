"""How minutes are read: blocks of a document, their sentences, the cues in them, who does what, and how sure we are."""
