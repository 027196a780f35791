#include <stdexcept>
#include <vector>

using Matrix = std::vector<std::vector<double>>;

Matrix multiply(const Matrix& a, const Matrix& b) {
  if (a.empty() || a[0].size() != b.size()) {
    throw std::invalid_argument("shapes do not match");
  }
  Matrix product(a.size(), std::vector<double>(b[0].size(), 0.0));
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t k = 0; k < b.size(); ++k) {
      for (std::size_t j = 0; j < b[0].size(); ++j) {
        product[i][j] += a[i][k] * b[k][j];
      }
    }
  }
  return product;
}
