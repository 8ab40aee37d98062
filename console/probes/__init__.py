"""What looks at the stream from outside. Each probe turns what it measures into events; none decodes video."""
