#include <algorithm>
#include <utility>
#include <vector>

std::vector<std::pair<int, int>> unite(std::vector<std::pair<int, int>> spans) {
  std::sort(spans.begin(), spans.end());
  std::vector<std::pair<int, int>> united;
  for (const auto& [from, to] : spans) {
    if (!united.empty() && from <= united.back().second) {
      united.back().second = std::max(united.back().second, to);
    } else {
      united.emplace_back(from, to);
    }
  }
  return united;
}
