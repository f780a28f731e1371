/// The JSON Pointer (RFC 6901) of names and indexes, which is how findings name a place.
pub fn pointer<T: AsRef<str>>(tokens: impl IntoIterator<Item = T>) -> String {
    let mut path = String::new();
    for token in tokens {
        path.push('/');
        path.push_str(&token.as_ref().replace('~', "~0").replace('/', "~1"));
    }
    path
}
