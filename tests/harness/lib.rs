//! What the tests across rooms share.
