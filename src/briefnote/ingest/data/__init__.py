"""The data of reading: phrases by which a text says that it is no whole article."""
