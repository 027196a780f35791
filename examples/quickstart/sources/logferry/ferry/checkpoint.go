// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2022 Kwame Lindqvist

package ferry

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// Checkpoints remembers how far each log file has been shipped.
type Checkpoints struct {
	path string

	mu      sync.Mutex
	offsets map[string]int64
	dirty   bool
}

// OpenCheckpoints loads the state file. A missing file is an empty state.
func OpenCheckpoints(path string) (*Checkpoints, error) {
	c := &Checkpoints{path: path, offsets: map[string]int64{}}
	raw, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return c, nil
	case err != nil:
		return nil, err
	}
	return c, json.Unmarshal(raw, &c.offsets)
}

// Resume returns the offset from which a file of the given size should be
// read. A file shorter than the stored offset has been rotated and is read
// from the beginning.
func (c *Checkpoints) Resume(name string, size int64) int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	if offset := c.offsets[name]; offset <= size {
		return offset
	}
	return 0
}

// Advance records that everything before offset has reached the collector.
func (c *Checkpoints) Advance(name string, offset int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.offsets[name] != offset {
		c.offsets[name] = offset
		c.dirty = true
	}
}

// Save writes the state next to its final place and renames it, so that a
// crash leaves either the old or the new file but never half of one.
func (c *Checkpoints) Save() (err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.dirty {
		return nil
	}
	raw, err := json.MarshalIndent(c.offsets, "", "  ")
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(c.path), ".checkpoint-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(tmp.Name())
		}
	}()
	if _, err = tmp.Write(raw); err == nil {
		err = tmp.Sync()
	}
	if closeErr := tmp.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	if err = os.Rename(tmp.Name(), c.path); err == nil {
		c.dirty = false
	}
	return err
}
