"""The command line `filrouge`; the only place that puts the parts together."""
