"""The person: what is known of them, their conversations, and the forgetting of both."""
