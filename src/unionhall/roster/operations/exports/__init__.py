"""Files that go out: asked for, agreed to, made, fetched once."""
