#[derive(Debug, PartialEq)]
pub enum Token {
    Number(f64),
    Operator(char),
}

pub fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(&c) = rest.peek() {
        if c.is_ascii_digit() || c == '.' {
            let mut digits = String::new();
            while let Some(&d) = rest.peek() {
                if !(d.is_ascii_digit() || d == '.') {
                    break;
                }
                digits.push(d);
                rest.next();
            }
            found.push(Token::Number(digits.parse().map_err(|_| digits.clone())?));
        } else {
            if !c.is_whitespace() {
                found.push(Token::Operator(c));
            }
            rest.next();
        }
    }
    Ok(found)
}
