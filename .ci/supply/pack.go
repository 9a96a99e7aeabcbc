package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// An entry is a file of an archive. It has the mode 0755 if somebody may run
// it, else 0644, and belongs to nobody: who packed it, and under which umask,
// is not to be seen.
type entry struct {
	name, file string
	mode       fs.FileMode
	size       int64
}

// entries is the files below folder by name. The names begin with that of the
// folder.
func entries(folder string) (all []entry, err error) {
	err = filepath.WalkDir(folder, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() {
			return fmt.Errorf("%s is not a regular file", file)
		}
		name, err := filepath.Rel(folder, file)
		e := entry{path.Join(filepath.Base(folder), filepath.ToSlash(name)), file, 0o644, info.Size()}
		if info.Mode()&0o100 != 0 {
			e.mode = 0o755
		}
		all = append(all, e)
		return err
	})
	return all, err
}

// pack writes the folder as FILE.tar.gz or FILE.zip. All files get that time.
// The same files give the same bytes with the same version of Go.
func pack(file, folder string, at time.Time) (err error) {
	all, err := entries(folder)
	if err != nil {
		return err
	}
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if strings.HasSuffix(file, ".zip") {
		return packZip(out, all, at)
	}
	// The header of gzip stays empty: no name, no time.
	z, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		return err
	}
	return errors.Join(packTar(z, all, at), z.Close())
}

func packTar(w io.Writer, all []entry, at time.Time) error {
	t := tar.NewWriter(w)
	for _, e := range all {
		header := &tar.Header{Typeflag: tar.TypeReg, Name: e.name, Size: e.size, Mode: int64(e.mode), ModTime: at, Format: tar.FormatUSTAR}
		if err := t.WriteHeader(header); err != nil {
			return err
		}
		if err := e.copy(t); err != nil {
			return err
		}
	}
	return t.Close()
}

func packZip(w io.Writer, all []entry, at time.Time) error {
	z := zip.NewWriter(w)
	for _, e := range all {
		header := &zip.FileHeader{Name: e.name, Method: zip.Deflate, Modified: at}
		header.SetMode(e.mode)
		to, err := z.CreateHeader(header)
		if err != nil {
			return err
		}
		if err := e.copy(to); err != nil {
			return err
		}
	}
	return z.Close()
}

func (e entry) copy(w io.Writer) error {
	f, err := os.Open(e.file)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, f)
	return errors.Join(err, f.Close())
}

// sums prints what "sha256sum *" prints in folder.
func sums(w io.Writer, folder string) error {
	files, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, f := range files {
		sum := sha256.New()
		if err := (entry{file: filepath.Join(folder, f.Name())}).copy(sum); err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "%x  %s\n", sum.Sum(nil), f.Name()); err != nil {
			return err
		}
	}
	return nil
}
