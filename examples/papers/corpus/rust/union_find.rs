pub struct UnionFind {
    parents: Vec<usize>,
}

impl UnionFind {
    pub fn new(count: usize) -> Self {
        UnionFind { parents: (0..count).collect() }
    }

    pub fn root(&mut self, mut node: usize) -> usize {
        while self.parents[node] != node {
            self.parents[node] = self.parents[self.parents[node]];
            node = self.parents[node];
        }
        node
    }

    pub fn unite(&mut self, one: usize, other: usize) -> bool {
        let (a, b) = (self.root(one), self.root(other));
        self.parents[a.max(b)] = a.min(b);
        a != b
    }
}
