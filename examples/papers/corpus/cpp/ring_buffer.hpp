#pragma once

#include <array>
#include <cstddef>
#include <optional>

template <typename T, std::size_t N>
class RingBuffer {
 public:
  bool push(const T& value) {
    if (size_ == N) {
      return false;
    }
    items_[(first_ + size_++) % N] = value;
    return true;
  }

  std::optional<T> pop() {
    if (size_ == 0) {
      return std::nullopt;
    }
    T value = items_[first_];
    first_ = (first_ + 1) % N;
    --size_;
    return value;
  }

 private:
  std::array<T, N> items_{};
  std::size_t first_ = 0;
  std::size_t size_ = 0;
};
