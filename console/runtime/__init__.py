"""asyncio, clocks, tasks, files: carries out what the Room wants done, and feeds it what the world answers."""
