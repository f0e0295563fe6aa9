"""The use cases: connect, configure, schedule, change, disconnect. Everything outside is a port."""
