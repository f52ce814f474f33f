"""Names that the scripted session types, and that must stand nowhere in clear text afterwards. All invented."""

TARGET = "Quillon Featherby"
SENDER = "Zephyrine Oxtoby"
SECOND = "Barnaby Thistlewick"
ADULTS = "Mrs Ottoline Featherby"
ADULTS_SENDER = "Mr Lysander Oxtoby"
WORDS = "nobody wants you in the netball team"
NAMES = [TARGET, SENDER, SECOND, "Featherby", "Oxtoby", "Thistlewick", WORDS]
