"""What the pages see: QObjects with properties, signals and slots, one file per concept."""
