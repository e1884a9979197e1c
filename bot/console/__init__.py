"""The subcommands of `filrouge`, one file each, exposing `app`; imported only when the subcommand is asked for."""
