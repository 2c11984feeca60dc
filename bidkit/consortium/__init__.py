"""What the form of a consortium means: who meets what, who owes which document, who is liable, what must be agreed."""
