"""The commands: docs/cli.md is their contract. stdout carries data, stderr carries words."""
