"""The desktop: views, models over core objects, actions, jobs. The only room that knows Qt; it decides and stores nothing."""
