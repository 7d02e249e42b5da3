"""OWASP's Application Security Verification Standard 5.0: a test for each item that we answer.

Each test is named after its item. What is asked: github.com/OWASP/ASVS, version 5.0.0.
"""
